import type { AgentEvent, DeltaSync, NewAgentEvent, PasswordReset } from '../domain/agentProtocol/agentEvent';
import type { DirectoryUser } from '../domain/agentProtocol/directoryUser';
import type { AgentHealth, ConnectHealth } from '../domain/agentProtocol/health';
import type { Machine } from '../domain/agentProtocol/messages';

/** Where one domain controller stands. USNs are its own and mean nothing elsewhere; decimal, up to 64 bits. */
export interface DirectoryState {
  domain: string;
  domainController: string;
  /** Another one after the controller was restored: its USNs may repeat. */
  invocationId: string;
  highestUsn: bigint;
  /** The domain controller's own clock: milliseconds since 1970-01-01 UTC, in whole seconds. */
  now: number;
}

/** A user as one look found it. */
export interface SeenUser {
  user: DirectoryUser;
  /** uSNChanged */
  usn: bigint;
  /** The replication metadata of unicodePwd, where it can be read: the same on every domain controller. */
  password?: { version: number; changedAt: number };
}

/**
 * A user of whom no reset can be told: the account is not shown what identifies it, or when its password was
 * set.
 */
export interface UnreadUser {
  objectGuid?: string;
  /** Its distinguished name. */
  name: string;
}

/** One domain controller, read by LDAPS. Throws DirectoryFault, 'refused' also where the account would be shown no user's password times. */
export interface Directory {
  /** Read before every look, so that nothing between two looks is missed. */
  state(): Promise<DirectoryState>;
  /** The highest USN alone: one small question, which a controller answers from its memory. */
  highestUsn(): Promise<bigint>;
  /**
   * Users (never computers, never trusts) with uSNChanged >= `usn`; 0 for all. In pages of at most 500. Who
   * cannot be read is handed to `unread`. It ends without a throw only when all were shown.
   */
  usersSince(usn: bigint, unread?: (user: UnreadUser) => void): AsyncIterable<SeenUser[]>;
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
  /**
   * What is known of the reset of this account at about `changedAt`; undefined: not known. `times`: how many
   * there are since the last look.
   */
  whoReset(
    account: { objectSid?: string; samAccountName: string },
    changedAt: number,
    times?: number,
  ): Promise<Pick<PasswordReset, 'how' | 'by'> | undefined>;
}

/** Events on their way to the bot: encrypted on disk, in order, kept until acknowledged. */
export interface EventQueue {
  /** Names the count of `seq`; another one after events were lost, so that no number ever stands for two events. */
  readonly stream: string;
  /**
   * Resolves when they are on the disk, all or none. When the queue is full the oldest give way, and a `dropped` event says how many;
   * so it does for one that the schema refuses.
   */
  append(events: NewAgentEvent[]): Promise<void>;
  /** Resolves as soon as something waits; throws when the signal is aborted. */
  whenWaiting(signal: AbortSignal): Promise<void>;
  /** The oldest, in order. */
  first(count: number): AgentEvent[];
  /** Forgets all up to and with `seq` of the current stream. */
  acknowledge(seq: number): Promise<void>;
  /** Counts what waits from 1 on, as another stream: the bot does not know this one. */
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
 * Lets the agent's own account and administrators into a folder and at all that is in it, now and later, and
 * nobody else: mode 0700, an inherited access list on Windows. One that is not there is made. `account`: the
 * gMSA that the agent runs as, if it is one. Throws PlatformFault 'files'.
 */
export type ProtectFolder = (path: string, account?: string) => Promise<void>;

/**
 * Holds a data folder for this process until it is released, or the process ends in whatever way; undefined: another one holds it.
 * The folder must exist. Throws the system's error when it cannot be known.
 */
export type HoldFolder = (folder: string) => Promise<(() => Promise<void>) | undefined>;

/** The three secrets the agent keeps: what signs for it, what its queue is encrypted with, the service account's password. */
export type SecretName = 'identityKey' | 'queueKey' | 'directoryPassword';

/** Secrets at rest, bound to this machine: DPAPI on Windows, a file of mode 0600 each elsewhere. Throws PlatformFault 'files'. */
export interface SecretKeeper {
  /** Undefined: it was never written. Throws SecretUnreadable when it is there and does not open on this machine. */
  read(name: SecretName): Promise<Buffer | undefined>;
  /** Replaces it as a whole or not at all. */
  write(name: SecretName, secret: Uint8Array): Promise<void>;
  /** Also when it is not there. */
  remove(name: SecretName): Promise<void>;
}

/** What runs the agent at start-up and again when it ends. Every call is safe to repeat. Throws PlatformFault 'task'. */
export interface StartUpTask {
  /** Registers it, in the place of one that is there; does not start it. `account`: a gMSA (`DOMAIN\\name$`); absent: SYSTEM or root. */
  register(program: { file: string; args: string[]; account?: string }): Promise<void>;
  start(): Promise<void>;
  /** Resolves when the agent has ended. */
  stop(): Promise<void>;
  remove(): Promise<void>;
  state(): Promise<'absent' | 'stopped' | 'running'>;
  /** Why the agent does not run, in one sentence, as far as the machine says. */
  whyEnded(): Promise<string | undefined>;
}

/** Delta syncs of Azure AD Connect on this server: however many are asked for, one runs and at most one waits. */
export interface DeltaSyncs {
  /** Resolves when the run that serves this one has ended, its event being in the queue. Fails only with what `append` throws. */
  ask(request: {
    resets: number;
    commandId?: string;
    /** A person waits for it: it does not wait for the time that lies between two runs. */
    urgent?: boolean;
  }): Promise<Pick<DeltaSync, 'outcome' | 'finding'>>;
  health(): Promise<ConnectHealth>;
  /** What runs is left to Azure AD Connect; nothing is asked for any more. */
  close(): Promise<void>;
}

/** A ResetLog that can say whether it can be read. */
export interface EventLog extends ResetLog {
  health(): Promise<AgentHealth['eventLog']>;
}

/** The domain controller that the agent is installed on. All calls are safe to repeat, and throw PlatformFault. */
export interface DomainController {
  /** In full, in lower case: dc1.contoso.test */
  name: string;
  /** As the account that `setAccount` makes signs in. */
  account: string;
  /** The fingerprint of the certificate that it shows by LDAPS; one is made where it shows none that serves. */
  ensureCertificate(): Promise<{ made: boolean; sha256: string }>;
  /** The agent's own account of this machine, which may read: made, or given a new password. */
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
  /** Undefined: this machine is no domain controller on Windows. Throws PlatformFault. */
  domainController(): Promise<DomainController | undefined>;
  eventLog: EventLog;
  /** How Azure AD Connect stands on this machine; a look without any effect. */
  connectHealth(): Promise<ConnectHealth>;
  /** `folder`: where it may write down what was asked for. */
  openDeltaSyncs(deps: {
    append: EventQueue['append'];
    clock: AgentClock;
    log: AgentLog;
    folder: string;
  }): DeltaSyncs;
}

/** The machine did not do what was asked of it; `sentence` says what to do, and holds no secret. */
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

/** A secret that is there, but does not open on this machine: it never will again. */
export class SecretUnreadable extends PlatformFault {
  constructor(sentence: string, options?: { cause?: unknown }) {
    super('files', sentence, options);
  }
}
