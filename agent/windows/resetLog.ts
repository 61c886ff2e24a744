import type { AgentHealth } from '../../domain/agentProtocol/health';
import { whoSet } from '../../domain/agentProtocol/whoSet';
import type { EventLog } from '../ports';
import { PowershellFault } from '../powershell/powershellFault';
import { coalesced } from '../sync/coalesced';
import type { ResetEvent } from './resetEvents';
import type { SecurityLog } from './securityLog';

type Health = AgentHealth['eventLog'];

/** How far apart an event and its reset may lie: the agent may read the directory a little later. */
const APART_MS = 15_000;
/** How much is read at once. One call serves a burst, and the resets found at a start lie close together. */
const READ_MS = 60 * 60_000;
/** An event reaches the log a moment late, so the newest part is read again. */
const SETTLED_MS = 2000;
const KEPT = 5000;
const HEALTH_MS = 10 * 60_000;

const NO_RIGHTS: Health = {
  state: 'noRights',
  finding:
    'The agent may not read the security log, so it is not known who reset a password. Add its account to the group Event Log Readers and restart the agent; as SYSTEM it needs no group.',
};
const none = (finding: string): Health => ({ state: 'none', finding });

const NO_CONTROLLER = none(
  'This server is no domain controller. Only the domain controller on which a password was reset has the name of the person who did it, in its security log: install an agent there.',
);
const UNREADABLE = none(
  'The security log could not be read. Check in Event Viewer whether it opens, and whether PowerShell is restricted.',
);

const TOO_LONG = none(
  'The security log did not answer within minutes, so it is not known who reset a password. The agent tries again after ten minutes. Check whether the server is overloaded, or make the log smaller in Event Viewer.',
);

/** What has been read: all resets from `from` to `to`. */
interface Known {
  from: number;
  to: number;
  events: ResetEvent[];
}

/**
 * Tells who set a password, from this domain controller's security log. It keeps what it has read, so that
 * a burst of resets costs one call of PowerShell. If it cannot read the log, it leaves it alone for a
 * while. An answer may take minutes.
 */
export function createResetLog(securityLog: SecurityLog, now: () => number): EventLog {
  let known: Known | undefined;
  let health: { is: Health; at: number } | undefined;
  const wanted: number[] = [];

  const setHealth = (is: Health) => {
    health = { is, at: now() };
  };
  const isFresh = () => health !== undefined && now() - health.at < HEALTH_MS;
  const check = coalesced(async () => {
    if (!isFresh()) setHealth(await securityLog.isDomainController().then(healthOf, healthAfter));
  });
  const read = coalesced(async () => {
    const times = wanted.splice(0).filter((at) => !covers(known, at));
    if (times.length === 0) return;
    const range = rangeFor(times, known, now());
    try {
      known = joined(known, range, await securityLog.read(range.from, range.to));
      setHealth({ state: 'read' });
    } catch (fault) {
      setHealth(healthAfter(fault));
    }
  });

  return {
    async whoReset(account, changedAt, times = 1) {
      const at = Math.min(changedAt, now());
      // A log that could be read before is read at once; that shows whether it still can be.
      if (health?.is.state !== 'read' && !isFresh()) await check();
      if (health?.is.state !== 'read') return undefined;
      if (!covers(known, at)) {
        wanted.push(at);
        await read();
      }
      const event = likeliestOf(eventsOf(known?.events ?? [], account, at), times);
      return event && whoSet(event, { ...account, objectSid: event.target.sid });
    },
    async health() {
      if (!isFresh()) await check();
      return health?.is ?? UNREADABLE;
    },
  };
}

const healthOf = (isDomainController: boolean): Health =>
  isDomainController ? { state: 'read' } : NO_CONTROLLER;

function healthAfter(fault: unknown): Health {
  if (!(fault instanceof PowershellFault)) return UNREADABLE;
  if (fault.kind === 'timeout') return TOO_LONG;
  return fault.reason === 'noRights' ? NO_RIGHTS : UNREADABLE;
}

const covers = (known: Known | undefined, at: number) =>
  known !== undefined && known.from <= at - APART_MS && at <= known.to;

/**
 * From an hour before the oldest wanted time, or from the end of what is known, up to now or to the start
 * of what is known.
 */
function rangeFor(wanted: number[], known: Known | undefined, now: number): { from: number; to: number } {
  const oldest = Math.min(...wanted);
  if (known && oldest >= known.from + APART_MS) return { from: known.to - APART_MS, to: now };
  const from = oldest - APART_MS - READ_MS;
  const newest = Math.max(...wanted);
  return known && newest < known.from ? { from, to: known.from } : { from, to: now };
}

function joined(
  known: Known | undefined,
  range: { from: number; to: number },
  { events, complete }: { events: ResetEvent[]; complete: boolean },
): Known {
  const all = new Map([...(known?.events ?? []), ...events].map((event) => [event.recordId, event]));
  const kept = [...all.values()].sort((a, b) => b.at - a.at).slice(0, KEPT);
  const oldestRead = complete ? range.from : (events.at(-1)?.at ?? range.from);
  const oldestKept = all.size > KEPT ? (kept.at(-1)?.at ?? 0) : 0;
  return {
    from: Math.max(Math.min(oldestRead, known?.from ?? oldestRead), oldestKept),
    to: Math.max(range.to - SETTLED_MS, known?.to ?? 0),
    events: kept,
  };
}

type Account = { objectSid?: string; samAccountName: string };

/** The events of this account at about that time, the nearest first. */
function eventsOf(events: ResetEvent[], { objectSid, samAccountName }: Account, at: number): ResetEvent[] {
  const name = samAccountName.toLowerCase();
  const isIts = ({ target }: ResetEvent) =>
    objectSid ? target.sid === objectSid : target.name.toLowerCase() === name;
  return events
    .filter((event) => isIts(event) && Math.abs(event.at - at) <= APART_MS)
    .sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at));
}

/**
 * Of several events in one look it takes the one that the user did not make: a person who resets a password
 * can change it right afterwards as the user.
 */
const likeliestOf = (events: ResetEvent[], times: number): ResetEvent | undefined =>
  (times > 1 ? events.find(({ how, by, target }) => how === 'reset' || by.sid !== target.sid) : undefined) ??
  events[0];
