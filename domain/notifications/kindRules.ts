import { type AskedKind, EVENT_KINDS, type EventKind } from '../events/customerEvent';

/** What the rules for telling people need to know of a kind. */
interface KindRule {
  /** Told at once, whatever the hour. */
  urgent: boolean;
  /** Each event has its own notice, and so its own card. */
  alone?: true;
}

/** A kind that people choose; `byDefault`: told also where nobody chose. */
interface AskedRule extends KindRule {
  byDefault: boolean;
}

/** A kind that nobody can switch off: it is told to everybody who asks for one of these kinds. */
interface UnaskedRule extends KindRule {
  toldWith: readonly AskedKind[];
}

type Rules = { [Kind in EventKind]: Kind extends AskedKind ? AskedRule : UnaskedRule };

/** One line for each kind. The words on its cards are in a file of bot/notifications/kinds. */
const RULES: Rules = {
  resetSeen: { urgent: false, byDefault: true },
  resetLate: { urgent: false, byDefault: true },
  agentOffline: { urgent: false, byDefault: true },
  agentBack: { urgent: false, byDefault: true },
  deltaSyncFailed: { urgent: false, byDefault: true },
  connectionDegraded: { urgent: false, byDefault: true },
  unexplainedResets: { urgent: true, byDefault: true, alone: true },
  arrivalFailed: { urgent: false, toldWith: ['resetSeen', 'resetLate'] },
  agentsDisagree: { urgent: true, toldWith: ['resetSeen', 'resetLate', 'unexplainedResets'] },
};

/**
 * A newer version may have written it to the same store. Telling it too early does less harm than too late.
 */
const UNKNOWN: AskedRule = { urgent: true, byDefault: false };

export const ruleOf = (kind: EventKind): AskedRule | UnaskedRule => RULES[kind] ?? UNKNOWN;

/** The kinds that are told where nobody chose others. */
export const DEFAULT_KINDS: AskedKind[] = EVENT_KINDS.filter((kind) => RULES[kind].byDefault);
