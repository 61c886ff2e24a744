import type { DeltaSync, PasswordReset } from '../agentProtocol/agentEvent';
import type { Telling } from '../resets/telling';

/** What somebody can ask to be told about. */
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
/** Also what nobody can leave out; see domain/notifications/kindRules.ts. */
export type EventKind = EventFacts['kind'];

/** Whether a reset arrived in Microsoft 365; nothing is claimed that was not seen. */
export interface Arrival {
  state: 'checking' | 'live' | 'notThere' | 'notKnown' | 'notTracked';
  /** From the reset to Microsoft's `lastPasswordChangeDateTime`, with 'live'. */
  afterMs?: number;
  checkedAt?: number;
  /** How often it was looked for. */
  looks?: number;
  /** Why it was not seen there, is not known, or is not tracked, in words that say what to do. */
  finding?: string;
}

/** Whether somebody at the MSP did it. `user`: the user changed it. */
export interface Explanation {
  state: 'unexplained' | 'user' | 'ours' | 'lookInto';
  by?: { id: string; name: string };
  at?: number;
}

export type EventFacts =
  | {
      kind: 'resetSeen' | 'resetLate';
      reset: Omit<PasswordReset, 'seq' | 'id' | 'type'>;
      /** The first that told it. */
      agentName: string;
      /** What each agent told of it; absent on events of earlier versions. */
      tellings?: Telling[];
      arrival: Arrival;
      explanation: Explanation;
    }
  /** Two agents tell of one reset what cannot both be true. */
  | { kind: 'agentsDisagree'; eventId: string; account: string; tellings: [Telling, Telling] }
  | { kind: 'agentOffline'; agentId: string; agentName: string; since: number; waiting: number }
  | { kind: 'agentBack'; agentId: string; agentName: string; offlineSince: number; waiting: number }
  | {
      kind: 'deltaSyncFailed';
      agentName: string;
      sync: Pick<DeltaSync, 'outcome' | 'finding' | 'startedAt' | 'resets'>;
    }
  /** `saidBy`: the machine whose agent's words the finding is; absent: they are the bot's. */
  | { kind: 'connectionDegraded'; finding: string; saidBy?: string }
  | {
      kind: 'unexplainedResets';
      eventIds: string[];
      accounts: string[];
      /** Those of them that are privileged. */
      privileged?: string[];
      /** All of them, also those beyond `eventIds`, which is bounded; absent: those alone. */
      count?: number;
      /** How many there were when this message was first sent. */
      raisedWith?: number;
      /** When the first and the last of them were made; alarms of earlier versions do not tell. */
      from?: number;
      to?: number;
    };

type TellsOf<Facts, Kind> = Facts extends { kind: infer Of } ? (Kind extends Of ? Facts : never) : never;
export type EventOf<Kind extends EventKind> = CustomerEvent & { facts: TellsOf<EventFacts, Kind> };

/**
 * Something that happened at a customer. It is its own outbox row: written in one go, due until its notice is on its
 * way. The document id is made of what happened, so that whoever tells it again changes nothing.
 */
export interface CustomerEvent {
  customerId: string;
  /** When it happened, and when we were told. */
  at: number;
  toldAt: number;
  /** Of a privileged account: said at once, whatever the quiet hours. */
  privileged: boolean;
  facts: EventFacts;
  /** The notice it is told with; see Notice. */
  noticeId?: string;
  /** The list of this notice was full when it came: since this moment it stands in it beyond the list. */
  joined?: { noticeId: string; at: number };
  /**
   * The notice that it stood in before it turned out to be of a privileged account: its cards are to be
   * brought up to date.
   */
  movedFrom?: string;
  /** When it is to be handed to its notice; absent once that is done. */
  dueAt?: number;
}
