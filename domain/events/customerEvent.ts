import type { DeltaSync, PasswordReset } from '../agentProtocol/agentEvent';
import type { Telling } from '../resets/telling';

/** The kinds of events that people can subscribe to. */
export const EVENT_KINDS = [
  'resetSeen',
  'resetLate',
  'agentOffline',
  'agentBack',
  'deltaSyncFailed',
  'connectionDegraded',
  'unexplainedResets', // several in a burst: one alarm
] as const;
export type AskedKind = (typeof EVENT_KINDS)[number];
/** Also the kinds that nobody can unsubscribe from; see domain/notifications/kindRules.ts. */
export type EventKind = EventFacts['kind'];

/** Whether a reset arrived in Microsoft 365; the product claims only what it saw. */
export interface Arrival {
  state: 'checking' | 'live' | 'notThere' | 'notKnown' | 'notTracked';
  /** From the reset to Microsoft's `lastPasswordChangeDateTime`, with 'live'. */
  afterMs?: number;
  checkedAt?: number;
  /** How often Keyturn looked for it. */
  looks?: number;
  /**
   * Why it was not seen there, is unknown or is not tracked, in words that say what to do. With 'checking':
   * why it will hardly arrive.
   */
  finding?: string;
  /** The first card of the reset said that it would hardly arrive, so nobody is alerted a second time. */
  foretold?: true;
}

/** Whether somebody at the MSP made the reset. `user`: the user changed the password. */
export interface Explanation {
  state: 'unexplained' | 'user' | 'ours' | 'lookInto';
  by?: { id: string; name: string };
  at?: number;
}

export type EventFacts =
  | {
      kind: 'resetSeen' | 'resetLate';
      reset: Omit<PasswordReset, 'seq' | 'id' | 'type'>;
      /** The first agent that told the reset. */
      agentName: string;
      /** What each agent told about the reset; absent on events of earlier versions. */
      tellings?: Telling[];
      arrival: Arrival;
      explanation: Explanation;
    }
  /** Two agents contradict each other about one reset. */
  | { kind: 'agentsDisagree'; eventId: string; account: string; tellings: [Telling, Telling] }
  /** A reset that was not seen in Microsoft 365 in time; `notKnown`: Microsoft did not answer. */
  | { kind: 'arrivalFailed'; eventId: string; account: string; state: 'notThere' | 'notKnown' }
  | { kind: 'agentOffline'; agentId: string; agentName: string; since: number; waiting: number }
  | { kind: 'agentBack'; agentId: string; agentName: string; offlineSince: number; waiting: number }
  | {
      kind: 'deltaSyncFailed';
      agentName: string;
      sync: Pick<DeltaSync, 'outcome' | 'finding' | 'startedAt' | 'resets'>;
    }
  /** `saidBy`: the machine of the agent that wrote the finding; absent when the bot wrote it. */
  | { kind: 'connectionDegraded'; finding: string; saidBy?: string }
  | {
      kind: 'unexplainedResets';
      eventIds: string[];
      accounts: string[];
      /** Those of the accounts that are privileged. */
      privileged?: string[];
      /** How many resets there are, including those beyond the bounded `eventIds`; absent: only those. */
      count?: number;
      /** How many resets there were when this message was first sent. */
      raisedWith?: number;
      /** When the first and the last reset were made; absent on alarms of earlier versions. */
      from?: number;
      to?: number;
    };

type TellsOf<Facts, Kind> = Facts extends { kind: infer Of } ? (Kind extends Of ? Facts : never) : never;
export type EventOf<Kind extends EventKind> = CustomerEvent & { facts: TellsOf<EventFacts, Kind> };

/**
 * Something that happened at a customer. It is its own outbox row: written at once, and due until its notice
 * is on its way. The document id is made of what happened, so that telling it again changes nothing.
 */
export interface CustomerEvent {
  customerId: string;
  /** When it happened, and when an agent told it. */
  at: number;
  toldAt: number;
  /** About a privileged account: told at once, even in quiet hours. */
  privileged: boolean;
  facts: EventFacts;
  /** The notice that tells it; see Notice. */
  noticeId?: string;
  /** When that notice was seen to list it; absent on events that joined, and on those of earlier versions. */
  listedAt?: number;
  /**
   * This notice's list was full when the event came: since this moment the event belongs to it beyond the
   * list.
   */
  joined?: { noticeId: string; at: number };
  /**
   * The notice that listed the event before it turned out to be about a privileged account. That notice's
   * cards are brought up to date.
   */
  movedFrom?: string;
  /** When it is to be grouped into a notice; absent once that is done. */
  dueAt?: number;
}

/** An event that is told now. Unless `more` says so, it happened now, to an account without privileges. */
export const eventNow = (
  customerId: string,
  facts: EventFacts,
  now: number,
  more: Partial<CustomerEvent> = {},
): CustomerEvent => ({ customerId, at: now, toldAt: now, privileged: false, facts, dueAt: now, ...more });
