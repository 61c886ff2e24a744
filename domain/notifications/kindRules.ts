import { type AskedKind, EVENT_KINDS, type EventKind } from '../events/customerEvent';

/** What the rules of telling need to know of a kind. */
interface KindRule {
  /** Told at once, whatever the hour. */
  urgent: boolean;
  /** Each event has a notice, and so a card, of its own. */
  alone?: true;
}

/** A kind that people choose; `byDefault`: also told where nobody chose. */
interface AskedRule extends KindRule {
  byDefault: boolean;
}

/** A kind that nobody can leave out: everybody is told who asks for one of these. */
interface UnaskedRule extends KindRule {
  toldWith: readonly AskedKind[];
}

type Rules = { [Kind in EventKind]: Kind extends AskedKind ? AskedRule : UnaskedRule };

/** One line for each kind. What its cards say is in a file of bot/notifications/kinds. */
const RULES: Rules = {
  resetSeen: { urgent: false, byDefault: true },
  resetLate: { urgent: false, byDefault: true },
  agentOffline: { urgent: false, byDefault: true },
  agentBack: { urgent: false, byDefault: true },
  deltaSyncFailed: { urgent: false, byDefault: true },
  connectionDegraded: { urgent: false, byDefault: true },
  unexplainedResets: { urgent: true, byDefault: true, alone: true },
  agentsDisagree: { urgent: true, toldWith: ['resetSeen', 'resetLate', 'unexplainedResets'] },
};

/** A newer version may have written it to the same store: told too early does less harm than too late. */
const UNKNOWN: AskedRule = { urgent: true, byDefault: false };

export const ruleOf = (kind: EventKind): AskedRule | UnaskedRule => RULES[kind] ?? UNKNOWN;

/** What is told where nobody asked for anything else. */
export const DEFAULT_KINDS: AskedKind[] = EVENT_KINDS.filter((kind) => RULES[kind].byDefault);
