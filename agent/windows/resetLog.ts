import type { AgentHealth } from '../../domain/agentProtocol/health';
import { whoSet } from '../../domain/agentProtocol/whoSet';
import type { EventLog } from '../ports';
import { PowershellFault } from '../powershell/powershellFault';
import { coalesced } from '../sync/coalesced';
import type { ResetEvent } from './resetEvents';
import type { SecurityLog } from './securityLog';

type Health = AgentHealth['eventLog'];

/** How far the time of an event and that of the reset may lie apart: the directory may be read a little later. */
const APART_MS = 15_000;
/** What is read at once: one call serves a burst, and the resets found at a start lie close together. */
const READ_MS = 60 * 60_000;
/** An event is in the log a moment after what it tells of: the newest stretch is read again. */
const SETTLED_MS = 2000;
const KEPT = 5000;
const HEALTH_MS = 10 * 60_000;

const NO_RIGHTS: Health = {
  state: 'noRights',
  finding:
    'The agent may not read the security log, so it is not known who reset a password. Add its account to the group Event Log Readers and restart the agent; as SYSTEM it needs no group.',
};
const NO_CONTROLLER: Health = {
  state: 'none',
  finding:
    'This server is no domain controller. Who reset a password stands in the security log of the domain controller that did it: install an agent there to know.',
};
const UNREADABLE: Health = {
  state: 'none',
  finding:
    'The security log could not be read. Look into Event Viewer whether it opens, and whether PowerShell is restricted.',
};

const TOO_LONG: Health = {
  state: 'none',
  finding:
    'The security log did not answer within minutes, so it is not known who reset a password; it is asked again after ten minutes. Look whether the server is overloaded, or make the log smaller in Event Viewer.',
};

/** What has been read: all resets from `from` to `to`. */
interface Known {
  from: number;
  to: number;
  events: ResetEvent[];
}

/**
 * Who set a password, from this domain controller's security log. What was read is kept, so that a burst of resets costs one call of PowerShell.
 * Where the log could not be read it is left alone for a while. It may take minutes to answer.
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
      // A log that could be read is read at once: whether it still can be shows then.
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

/** From an hour before the oldest that is wanted, or from where we know already, up to now or where we know already. */
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

/** Those of this account at about that time, the nearest first. */
function eventsOf(events: ResetEvent[], { objectSid, samAccountName }: Account, at: number): ResetEvent[] {
  const name = samAccountName.toLowerCase();
  const isIts = ({ target }: ResetEvent) =>
    objectSid ? target.sid === objectSid : target.name.toLowerCase() === name;
  return events
    .filter((event) => isIts(event) && Math.abs(event.at - at) <= APART_MS)
    .sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at));
}

/**
 * Of several in one look the one that is not the user's own: who resets a password can change it at once as
 * the user.
 */
const likeliestOf = (events: ResetEvent[], times: number): ResetEvent | undefined =>
  (times > 1 ? events.find(({ how, by, target }) => how === 'reset' || by.sid !== target.sid) : undefined) ??
  events[0];
