import { plainXml } from '../windows/plainXml';
import type { ScriptError } from './powershellScript';

type Kind =
  | 'missing' // powershell.exe cannot be started
  | 'timeout'
  | 'stopped' // the caller's signal stopped it
  | 'tooMuch' // it said more than the agent keeps
  | 'unreadable' // it ended without an answer, or with one of another form
  | 'failed'; // the script threw

/**
 * The reasons that the reader can do something about. The kind of exception tells them apart, because
 * Windows writes its text in its own language.
 */
export type FaultReason = 'noRights' | 'noModule' | 'noCommand' | 'restricted' | 'noEvents' | 'other';

/**
 * A call of PowerShell failed. `detail` is Windows' own text, shortened; it must not go to a log when the
 * input held secrets.
 */
export class PowershellFault extends Error {
  override readonly name = 'PowershellFault';
  readonly reason: FaultReason;
  readonly detail: string;
  /** FullyQualifiedErrorId, which names the error in every language of Windows; '' if there is none. */
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

/** Reads PowerShell's own form of errors when nobody watches: XML with one element per line. */
function readClixml(text: string): string {
  if (!text.includes(CLIXML)) return text;
  const lines = [...text.matchAll(/<S S="Error">([^<]*)<\/S>/g)].map(([, line]) => line ?? '');
  return plainXml(lines.join('')).replaceAll(/_x([0-9A-F]{4})_/g, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** One line: about the first sentence, without the stack that .NET adds. */
const shorten = (text: string): string =>
  text
    .split(/\s+at [\w.]+\.\w+\(|\n\s*at |\s+At line:/)[0]
    ?.replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, DETAIL) ?? '';
