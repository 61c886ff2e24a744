import { randomUUID } from 'node:crypto';
import { type Directory, DirectoryFault, type SeenUser } from '../../agent/ports';
import type { DirectoryUser } from '../../domain/agentProtocol/directoryUser';

const DOMAIN = 'contoso.test';
const PAGE = 500;
const FILETIME_EPOCH_MS = 11_644_473_600_000;

const fileTimeOf = (at: number) => `${BigInt(Math.floor(at) + FILETIME_EPOCH_MS) * 10_000n}`;

/**
 * A domain controller in memory: users, the versions of their passwords, USNs. Its clock is passed in;
 * metadata counts whole seconds.
 */
export class MemoryDirectory implements Directory {
  /** Whether the reader may see replication metadata. */
  metadata = true;
  domainController = `dc1.${DOMAIN}`;
  invocationId: string = randomUUID();
  /** The difference of the domain controller's clock from the real one, in milliseconds. */
  skewMs = 0;
  /** How often users were read. */
  readings = 0;
  /** The next questions throw this. */
  fault?: DirectoryFault;
  private usn = 1000n;
  private readonly users = new Map<string, Required<SeenUser>>();

  constructor(private readonly now: () => number) {}

  /** Returns the new user's objectGUID. */
  add(name: string, more: Partial<DirectoryUser> = {}): string {
    const objectGuid = this.create(name, more);
    this.reset(objectGuid);
    return objectGuid;
  }

  /**
   * Creates an account whose password has version 1: either without a password, or with one that must be
   * changed and is set in the same request.
   */
  create(name: string, more: Partial<DirectoryUser> = {}): string {
    const objectGuid = more.objectGuid ?? randomUUID();
    const user = {
      objectGuid,
      samAccountName: name,
      userPrincipalName: `${name}@${DOMAIN}`,
      displayName: name,
      distinguishedName: `CN=${name},CN=Users,DC=contoso,DC=test`,
      userAccountControl: 512,
      pwdLastSet: '0',
      memberOf: [],
      ...more,
    };
    this.users.set(objectGuid, { user, usn: this.usn, password: { version: 1, changedAt: this.seconds() } });
    this.set(objectGuid, {});
    return objectGuid;
  }

  reset(objectGuid: string, { mustChange = false } = {}): void {
    const { password } = this.of(objectGuid);
    const fresh = { version: password.version + 1, changedAt: this.seconds() };
    this.users.set(objectGuid, { ...this.of(objectGuid), password: fresh });
    this.set(objectGuid, { pwdLastSet: mustChange ? '0' : fileTimeOf(this.now() + this.skewMs) });
  }

  /** Makes a change that is no reset: renamed, moved, disabled, locked. */
  set(objectGuid: string, change: Partial<DirectoryUser>): void {
    this.usn += 1n;
    const { user, password } = this.of(objectGuid);
    this.users.set(objectGuid, { user: { ...user, ...change }, usn: this.usn, password });
  }

  /** Changes an object that is no user, as happens all the time on a busy controller. */
  stir(): void {
    this.usn += 1n;
  }

  rename(objectGuid: string, name: string): void {
    const distinguishedName = `CN=${name},CN=Users,DC=contoso,DC=test`;
    this.set(objectGuid, { samAccountName: name, displayName: name, distinguishedName });
  }

  /** Restores the account authoritatively: older values get higher versions, and the time of now. */
  restoreObject(objectGuid: string, old: SeenUser, days = 1): void {
    const { password } = this.of(objectGuid);
    const raised = { version: password.version + days * 100_000, changedAt: this.seconds() };
    this.users.set(objectGuid, { ...this.of(objectGuid), password: raised });
    this.set(objectGuid, { ...old.user });
  }

  /** Restores everything to the result of `copy`, under another invocationId. */
  restore(copy: ReturnType<MemoryDirectory['copy']>): void {
    this.users.clear();
    for (const [objectGuid, seen] of copy.users) this.users.set(objectGuid, seen);
    this.usn = copy.usn;
    this.invocationId = randomUUID();
  }

  copy() {
    return { users: new Map(this.users), usn: this.usn };
  }

  list(): DirectoryUser[] {
    return Array.from(this.users.values(), ({ user }) => user);
  }

  async state() {
    this.fail();
    const { domainController, invocationId, usn: highestUsn } = this;
    return { domain: DOMAIN, domainController, invocationId, highestUsn, now: this.seconds() };
  }

  async highestUsn() {
    this.fail();
    return this.usn;
  }

  async *usersSince(usn: bigint) {
    this.fail();
    this.readings += 1;
    const changed = [...this.users.values()].filter((seen) => seen.usn >= usn);
    const readable = ({ user, usn, password }: Required<SeenUser>): SeenUser =>
      this.metadata ? { user, usn, password } : { user, usn };
    for (let at = 0; at < changed.length; at += PAGE) yield changed.slice(at, at + PAGE).map(readable);
  }

  async close(): Promise<void> {
    // There is nothing to close.
  }

  private fail(): void {
    if (this.fault) throw this.fault;
  }

  private seconds = () => Math.floor((this.now() + this.skewMs) / 1000) * 1000;

  private of(objectGuid: string): Required<SeenUser> {
    const seen = this.users.get(objectGuid);
    if (!seen) throw new DirectoryFault('refused', 'There is no such user.');
    return seen;
  }
}
