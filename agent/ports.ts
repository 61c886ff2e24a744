import type { AgentEvent, NewAgentEvent, PasswordReset } from '../domain/agentProtocol/agentEvent';
import type { DirectoryUser } from '../domain/agentProtocol/directoryUser';

/** Where one domain controller stands. USNs are its own and mean nothing elsewhere; decimal, up to 64 bits. */
export interface DirectoryState {
  domain: string;
  domainController: string;
  /** Another one after the controller was restored: its USNs may repeat. */
  invocationId: string;
  highestUsn: bigint;
}

/** A user as one look found it. */
export interface SeenUser {
  user: DirectoryUser;
  /** uSNChanged */
  usn: bigint;
  /** The replication metadata of unicodePwd, where it can be read: the same on every domain controller. */
  password?: { version: number; changedAt: number };
}

/** One domain controller, read by LDAPS. Throws DirectoryFault. */
export interface Directory {
  /** Read before every look, so that nothing between two looks is missed. */
  state(): Promise<DirectoryState>;
  /** Users (never computers, never trusts) with uSNChanged >= `usn`; 0 for all. In pages of at most 500. */
  usersSince(usn: bigint): AsyncIterable<SeenUser[]>;
  close(): Promise<void>;
}

/** The directory could not be read; `sentence` says why and what to do, and holds no secret. */
export class DirectoryFault extends Error {
  override readonly name = 'DirectoryFault';
  constructor(
    readonly kind: 'unreachable' | 'refused' | 'certificate' | 'plain',
    readonly sentence: string,
    options?: { cause?: unknown },
  ) {
    super(sentence, options);
  }
}

/** Who set a password, as the security log of a domain controller tells (events 4724 and 4723). */
export interface ResetLog {
  /** What is known of the reset of this account at about `changedAt`; undefined: not known. */
  whoReset(
    account: { objectSid?: string; samAccountName: string },
    changedAt: number,
  ): Promise<Pick<PasswordReset, 'how' | 'by'> | undefined>;
}

/** Events on their way to the bot: encrypted on disk, in order, kept until acknowledged. */
export interface EventQueue {
  /** Names this queue; another one after it was lost. */
  readonly stream: string;
  /** Resolves when they are on the disk. When the queue is full the oldest give way, and a `dropped` event says how many. */
  append(events: NewAgentEvent[]): Promise<void>;
  /** The oldest, in order. */
  first(count: number): AgentEvent[];
  /** Forgets all up to and with `seq`. */
  acknowledge(seq: number): Promise<void>;
  waiting(): { events: number; oldestAt?: number };
  close(): Promise<void>;
}

/** Milliseconds since 1970-01-01 UTC, by the bot's clock as far as it is known. */
export interface AgentClock {
  now(): number;
}

export interface AgentLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
