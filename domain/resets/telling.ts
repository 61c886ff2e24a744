import type { PasswordReset } from '../agentProtocol/agentEvent';

/**
 * What one agent told about a reset. Keyturn keeps the first telling of each agent and adds what that agent
 * learns later.
 */
export interface Telling {
  agentId: string;
  agentName: string;
  at: number;
  how: PasswordReset['how'];
  by?: NonNullable<PasswordReset['by']>;
  privileged: boolean;
  /** The account's name and its SID, as this agent told them. */
  account: string;
  sid?: string;
  /** The name to sign in with, as this agent told it. */
  upn?: string;
  /** How near the agent was to the directory at that time; absent on tellings of earlier versions. */
  near?: Nearness;
}

/** 2 is nearest; see mayTell.ts. */
export type Nearness = 0 | 1 | 2;

/** An event keeps this many agents by name; further agents still raise its severity. */
const MOST = 10;

const isOf = (telling: Telling, other: Telling): boolean =>
  telling.agentId === other.agentId ||
  // An earlier version kept only the machine's name.
  (telling.agentId === '' && telling.agentName === other.agentName);

/** Adds this telling to the known ones; answers with the same list when it says nothing new. */
export function withTelling(known: readonly Telling[], told: Telling): readonly Telling[] {
  const own = known.find((each) => isOf(each, told));
  if (!own) return known.length < MOST ? [...known, told] : insteadOfLesser(known, told);
  const how = severer(own.how, told.how);
  const by = own.how === how ? (own.by ?? told.by) : told.by;
  const privileged = own.privileged || told.privileged;
  if (how === own.how && by === own.by && privileged === own.privileged) return known;
  const { near } = how === own.how ? own : told;
  const { near: _before, ...rest } = own;
  const learned = { ...rest, how, privileged, ...(by && { by }), ...(near !== undefined && { near }) };
  return known.map((each) => (each === own ? learned : each));
}

/** When the list is full, a telling that says nothing worse makes way. */
function insteadOfLesser(known: readonly Telling[], told: Telling): readonly Telling[] {
  const less = known.findLastIndex(({ how }) => how === 'change' && told.how !== 'change');
  return less < 0 ? known : known.with(less, told);
}

const RANK: Record<PasswordReset['how'], number> = { unknown: 0, change: 1, reset: 2 };

/** A reset by somebody else weighs more than a change by the user; both weigh more than an unknown cause. */
export const severer = (one: PasswordReset['how'], other: PasswordReset['how']): PasswordReset['how'] =>
  RANK[other] > RANK[one] ? other : one;

/** The first known telling that contradicts this one. */
export const contradicted = (known: readonly Telling[], told: Telling): Telling | undefined =>
  known.find((each) => contradict(each, told));

function contradict(one: Telling, other: Telling): boolean {
  const differ = (a: string | undefined, b: string | undefined) =>
    a !== undefined && b !== undefined && a.toLowerCase() !== b.toLowerCase();
  const bothSay = one.how !== 'unknown' && other.how !== 'unknown';
  return (
    one.privileged !== other.privileged ||
    (bothSay && one.how !== other.how) ||
    differ(one.by?.sid, other.by?.sid) ||
    differ(one.by?.name, other.by?.name) ||
    differ(one.sid, other.sid) ||
    differ(one.upn, other.upn) ||
    differ(one.account, other.account)
  );
}

/**
 * Whether all tellings together say that the user did it. One agent that says so explains what another agent
 * could not tell, when it is at least as near to the directory. For a privileged account every agent has to
 * say so.
 */
export function userDidIt(tellings: readonly Telling[]): boolean {
  const privileged = tellings.some((each) => each.privileged);
  const nearest = Math.max(...tellings.map((each) => (each.how === 'change' ? (each.near ?? 0) : -1)));
  const isExplained = ({ how, near = 2 }: Telling) => how === 'unknown' && !privileged && near <= nearest;
  return nearest >= 0 && tellings.every((each) => each.how === 'change' || isExplained(each));
}

/** How near the nearest agent is. */
export const nearestOf = (tellings: readonly Telling[]): number =>
  Math.max(...tellings.map(({ near = 0 }) => near));
