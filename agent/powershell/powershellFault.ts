import { plainXml } from '../windows/plainXml';
import type { ScriptError } from './powershellScript';

type Kind =
  | 'missing' // powershell.exe cannot be started
  | 'timeout'
  | 'stopped' // by the caller's signal
  | 'tooMuch' // it said more than we keep
  | 'unreadable' // it ended without an answer, or with one that is not what was asked for
  | 'failed'; // the script threw

/** What the reader can do something about; told apart by the kind of exception, since Windows words it in its own language. */
export type FaultReason = 'noRights' | 'noModule' | 'noCommand' | 'restricted' | 'noEvents' | 'other';

/** A call of PowerShell came to nothing. Its `detail` is of Windows, shortened, and is not for a log where secrets went in. */
export class PowershellFault extends Error {
  override readonly name = 'PowershellFault';
  readonly reason: FaultReason;
  readonly detail: string;
  /** FullyQualifiedErrorId, which names the error in every language of Windows; '' when there is none. */
  readonly code: string;
  readonly exitCode: number | undefined;
  constructor(
    readonly kind: Kind,
    details: ScriptError & { exitCode?: number },
    options?: { cause?: unknown },
  ) {
    super(`PowerShell: ${kind}`, options);
    this.reason = reasonOf(details);
    this.detail = shorten(readClixml(details.message ?? ''));
    this.code = details.id ?? '';
    this.exitCode = details.exitCode;
  }
}

const DETAIL = 200;

const REASONS: [FaultReason, RegExp][] = [
  [
    'restricted',
    /InConstrainedLanguage|ConstrainedLanguage|PSSecurityException|disabled by your administrator|group policy/i,
  ],
  ['noEvents', /NoMatchingEventsFound/],
  ['noModule', /Modules_ModuleNotFound|Modules_ModuleFileNotFound|FormatXmlUpdateException/],
  ['noCommand', /CommandNotFoundException/],
  [
    'noRights',
    /UnauthorizedAccess|AccessDenied|SecurityException|PrivilegeNotHeld|0x80070005|E_ACCESSDENIED|0x80131501.*denied/i,
  ],
  ['noRights', /access (is|was) denied|attempted to perform an unauthorized operation|PermissionDenied/i],
];

function reasonOf({ type = '', id = '', message = '' }: ScriptError): FaultReason {
  const all = `${type}\n${id}\n${message}`;
  return REASONS.find(([, pattern]) => pattern.test(all))?.[0] ?? 'other';
}

const CLIXML = '#< CLIXML';

/** PowerShell's own way of writing errors when nobody watches: XML with every line in an element of its own. */
function readClixml(text: string): string {
  if (!text.includes(CLIXML)) return text;
  const lines = [...text.matchAll(/<S S="Error">([^<]*)<\/S>/g)].map(([, line]) => line ?? '');
  return plainXml(lines.join('')).replaceAll(/_x([0-9A-F]{4})_/g, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** One line: the first sentence or so, without the stack that .NET puts behind it. */
const shorten = (text: string): string =>
  text
    .split(/\s+at [\w.]+\.\w+\(|\n\s*at |\s+At line:/)[0]
    ?.replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, DETAIL) ?? '';
