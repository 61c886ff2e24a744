import type { AgentEvent, DeltaSync, NewAgentEvent, PasswordReset } from '../domain/agentProtocol/agentEvent';
import type { DirectoryUser } from '../domain/agentProtocol/directoryUser';
import type { AgentHealth, ConnectHealth } from '../domain/agentProtocol/health';
import type { Machine } from '../domain/agentProtocol/messages';

/** The state of one domain controller. Its USNs mean nothing elsewhere; they have up to 64 bits. */
export interface DirectoryState {
  domain: string;
  domainController: string;
  /** It changes when the controller is restored: the USNs may then repeat. */
  invocationId: string;
  highestUsn: bigint;
  /** The domain controller's own clock: milliseconds since 1970-01-01 UTC, in whole seconds. */
  now: number;
}

/** A user as one look at the directory found it. */
export interface SeenUser {
  user: DirectoryUser;
  /** uSNChanged */
  usn: bigint;
  /** The replication metadata of unicodePwd, the same on every domain controller. Absent: not readable. */
  password?: { version: number; changedAt: number };
}

/**
 * A user whose resets the agent cannot see: the account may not read what identifies the user, or when the
 * password was set.
 */
export interface UnreadUser {
  objectGuid?: string;
  /** Its distinguished name. */
  name: string;
}

/**
 * One domain controller, read by LDAPS. Throws DirectoryFault, also 'refused' when the account may not read
 * any user's password times.
 */
export interface Directory {
  /** The agent reads it before every look, so that nothing between two looks is missed. */
  state(): Promise<DirectoryState>;
  /** Only the highest USN: one small question that a controller answers from its memory. */
  highestUsn(): Promise<bigint>;
  /**
   * Users (never computers, never trusts) with uSNChanged >= `usn`; 0 for all. In pages of at most 500.
   * Users that the account cannot read go to `unread`. It ends without a throw only when it has shown all.
   */
  usersSince(usn: bigint, unread?: (user: UnreadUser) => void): AsyncIterable<SeenUser[]>;
  close(): Promise<void>;
}

/** The agent could not read the directory. `sentence` says why and what to do, and holds no secret. */
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

/** Who set a password, according to the security log of a domain controller (events 4724 and 4723). */
export interface ResetLog {
  /**
   * What the log tells about the reset of this account at about `changedAt`; undefined: nothing. `times`:
   * how many resets there were since the last look.
   */
  whoReset(
    account: { objectSid?: string; samAccountName: string },
    changedAt: number,
    times?: number,
  ): Promise<Pick<PasswordReset, 'how' | 'by'> | undefined>;
}

/** Events on their way to the bot: encrypted on disk, in order, kept until the bot acknowledges them. */
export interface EventQueue {
  /** Names one count of `seq`. A loss of events changes it, so no number ever stands for two events. */
  readonly stream: string;
  /**
   * Resolves when all are on the disk, or rejects with none written. When the queue is full, it drops the
   * oldest, and a `dropped` event tells how many. It also counts an event that the schema refuses as
   * dropped.
   */
  append(events: NewAgentEvent[]): Promise<void>;
  /** Resolves as soon as something waits; throws when the signal is aborted. */
  whenWaiting(signal: AbortSignal): Promise<void>;
  /** The oldest events, in order. */
  first(count: number): AgentEvent[];
  /** Forgets all events up to and including `seq` of the current stream. */
  acknowledge(seq: number): Promise<void>;
  /** Begins another stream, which counts the waiting events from 1: the bot does not know the current one. */
  beginStream(): Promise<void>;
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

/**
 * Gives the agent's own account and administrators, and nobody else, access to a folder and to all that is
 * in it, now and later: mode 0700, or an inherited access list on Windows. Makes the folder if it is
 * missing. `account`: the gMSA that the agent runs as, if there is one. Throws PlatformFault 'files'.
 */
export type ProtectFolder = (path: string, account?: string) => Promise<void>;

/**
 * Holds a data folder for this process until it is released or the process ends in any way; undefined:
 * another process holds it. The folder must exist. Throws the system's error when the agent cannot find
 * out.
 */
export type HoldFolder = (folder: string) => Promise<(() => Promise<void>) | undefined>;

/** The agent's secrets: its signing key, its queue's key, and the service account's password. */
export type SecretName = 'identityKey' | 'queueKey' | 'directoryPassword';

/**
 * Stored secrets, bound to this machine: DPAPI on Windows, else files of 0600. Throws PlatformFault 'files'.
 */
export interface SecretKeeper {
  /** Undefined: never written. Throws SecretUnreadable when it does not open on this machine. */
  read(name: SecretName): Promise<Buffer | undefined>;
  /** Replaces it completely or not at all. */
  write(name: SecretName, secret: Uint8Array): Promise<void>;
  /** Does nothing if it is not there. */
  remove(name: SecretName): Promise<void>;
}

/** Starts the agent at start-up, and again when it ends. Safe to repeat. Throws PlatformFault 'task'. */
export interface StartUpTask {
  /**
   * Registers the task, or replaces the one that is there, and does not start it. `account`: a gMSA
   * (`DOMAIN\\name$`); absent: SYSTEM or root.
   */
  register(program: { file: string; args: string[]; account?: string }): Promise<void>;
  start(): Promise<void>;
  /** Resolves when the agent has ended. */
  stop(): Promise<void>;
  remove(): Promise<void>;
  state(): Promise<'absent' | 'stopped' | 'running'>;
  /** Why the agent does not run, in one sentence, if the machine says so. */
  whyEnded(): Promise<string | undefined>;
}

/** Delta syncs of Microsoft Entra Connect on this server: one runs and at most one waits. */
export interface DeltaSyncs {
  /**
   * Resolves when the run that serves this request has ended and its event is in the queue. Rejects only
   * with what `append` throws.
   */
  ask(request: {
    resets: number;
    commandId?: string;
    /** A person waits for it, so it does not wait for the interval between two runs. */
    urgent?: boolean;
  }): Promise<Pick<DeltaSync, 'outcome' | 'finding'>>;
  health(): Promise<ConnectHealth>;
  /** A run in progress is left to Microsoft Entra Connect; no new one starts. */
  close(): Promise<void>;
}

/** A ResetLog that can say whether the agent can read it. */
export interface EventLog extends ResetLog {
  health(): Promise<AgentHealth['eventLog']>;
}

/** The domain controller that the agent runs on. All calls are safe to repeat, and throw PlatformFault. */
export interface DomainController {
  /** The full name in lower case: dc1.contoso.test */
  name: string;
  /** The name that the account of `setAccount` signs in with. */
  account: string;
  /** The fingerprint of the certificate shown by LDAPS. Makes one if the controller shows no usable one. */
  ensureCertificate(): Promise<{ made: boolean; sha256: string }>;
  /** Makes the agent's own account of this machine, which may read, or gives it a new password. */
  setAccount(): Promise<{ made: boolean; password: string }>;
}

/** What differs between Windows and Linux. */
export interface Platform {
  /** Where `install` puts the program, and its settings, queue and logs. */
  programFolder: string;
  dataFolder: string;
  /** Whether this process may install and remove programs. */
  isAdministrator(): Promise<boolean>;
  machine(): Promise<Machine>;
  protect: ProtectFolder;
  secretsIn(folder: string): SecretKeeper;
  hold: HoldFolder;
  startUpTask: StartUpTask;
  /** Undefined: this machine is not a domain controller on Windows. Throws PlatformFault. */
  domainController(): Promise<DomainController | undefined>;
  eventLog: EventLog;
  /** The state of Microsoft Entra Connect on this machine. It only looks. */
  connectHealth(): Promise<ConnectHealth>;
  /** `folder`: where it may write down what was requested. */
  openDeltaSyncs(deps: {
    append: EventQueue['append'];
    clock: AgentClock;
    log: AgentLog;
    folder: string;
  }): DeltaSyncs;
}

/** The machine did not do what the agent asked. `sentence` says what to do, and holds no secret. */
export class PlatformFault extends Error {
  override readonly name = 'PlatformFault';
  constructor(
    readonly kind: 'notAdministrator' | 'files' | 'task',
    readonly sentence: string,
    options?: { cause?: unknown },
  ) {
    super(sentence, options);
  }
}

/** A secret that is there, but does not open on this machine, and never will again. */
export class SecretUnreadable extends PlatformFault {
  constructor(sentence: string, options?: { cause?: unknown }) {
    super('files', sentence, options);
  }
}
