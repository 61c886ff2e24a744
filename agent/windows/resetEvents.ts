import { plainXml } from './plainXml';

/** A password that was set, as a domain controller's security log records it. */
export interface ResetEvent {
  recordId: number;
  /** Milliseconds since 1970-01-01 UTC. */
  at: number;
  /** 4723: `change`, made by anybody with the old password or its hash. 4724: `reset`, made without it. */
  how: 'reset' | 'change';
  target: { sid: string; name: string };
  by: { sid: string; name: string; domain: string };
}

/**
 * Undefined: it is another event, a failed try, or incomplete. Events of computers are included: a person's
 * account may also be called `x$`, and only the directory tells which is which.
 */
export function readResetEvent(xml: string): ResetEvent | undefined {
  const how = HOW[/<EventID(?: [^>]*)?>(\d+)<\/EventID>/.exec(xml)?.[1] ?? ''];
  const recordId = Number(/<EventRecordID>(\d+)<\/EventRecordID>/.exec(xml)?.[1]);
  const at = Date.parse(/<TimeCreated SystemTime=['"]([^'"]+)['"]/.exec(xml)?.[1] ?? '');
  const data = dataOf(xml);
  const target = { sid: data.TargetSid ?? '', name: data.TargetUserName ?? '' };
  if (!how || !recordId || Number.isNaN(at) || !target.sid) return undefined;
  if (!succeeded(xml)) return undefined;
  const by = {
    sid: data.SubjectUserSid ?? '',
    name: data.SubjectUserName ?? '',
    domain: data.SubjectDomainName ?? '',
  };
  return { recordId, at, how, target, by };
}

const HOW: Record<string, ResetEvent['how']> = { 4723: 'change', 4724: 'reset' };

/** WINEVENT_KEYWORD_AUDIT_SUCCESS. A password that the policy refused is logged as a failure. */
const SUCCESS = 0x20_0000_0000_0000n;

function succeeded(xml: string): boolean {
  const keywords = /<Keywords>(0x[\da-f]{1,16})<\/Keywords>/i.exec(xml)?.[1];
  return keywords !== undefined && (BigInt(keywords) & SUCCESS) !== 0n;
}

/** The values of EventData by name; `-` means none. */
function dataOf(xml: string): Record<string, string> {
  const entries = [...xml.matchAll(/<Data Name=['"](\w+)['"]>([^<]*)<\/Data>/g)];
  return Object.fromEntries(
    entries.map(([, name = '', value = '']) => [name, value === '-' ? '' : plainXml(value)]),
  );
}
