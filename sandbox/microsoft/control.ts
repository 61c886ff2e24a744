import type { Organization, User } from '@microsoft/microsoft-graph-types';
import type { TenantState } from './entraDirectory';
import type { Fault, FaultTarget, Hold } from './faults';
import type { PolicyRefusal } from './signInErrors';
import { madeUpUsers } from './users';
import type { World } from './world';

/**
 * A call to the sandbox. For Graph it has the query; elsewhere not, because there the query may contain
 * codes.
 */
export interface RecordedRequest {
  method: string;
  path: string;
  /** The scope that came with an authorization code. */
  scope?: string;
}

/** Lets tests change the sandbox's world. Tenants are named by id or domain. */
export interface SandboxControl {
  /** As if an administrator pressed *Accept*, without the application permissions in `except`. */
  grantConsent(tenant: string, except?: readonly string[]): void;
  /**
   * Removes the permissions and keeps the service principal: tokens are still issued, without any permission.
   */
  removeConsent(tenant: string): void;
  /** Removes the application from the tenant: AADSTS700016. */
  removeServicePrincipal(tenant: string): void;
  /** Token requests fail with AADSTS7000112 while it is disabled. */
  enableServicePrincipal(tenant: string, enabled: boolean): void;
  /** Role template ids. */
  setDirectoryRoles(tenant: string, roles: readonly string[]): void;
  /** A property that is set to undefined is missing from the answer. */
  changeOrganization(tenant: string, change: Partial<Organization> & Record<string, unknown>): void;
  addUsers(tenant: string, count: number, synced: boolean): void;
  users(tenant: string): readonly User[];
  /**
   * Does what password hash sync does: passwords that are newer in Active Directory count as changed now. An
   * empty list is a sync, too. An unknown immutable id changes nothing.
   */
  syncPasswords(
    tenant: string,
    accounts: readonly { immutableId: string; objectSid?: string; changedAt?: number }[],
  ): void;
  /** Decides what happens when this person signs in; without `refusal`, nothing special. */
  refusePerson(username: string, refusal?: { code: PolicyRefusal; at: 'authorize' | 'token' }): void;
  /** Whether id_tokens carry `wids`. */
  emitWids(emits: boolean): void;
  /** Token requests fail with AADSTS7000222 while it is expired. */
  expireClientSecret(expired: boolean): void;
  failNext(fault: Fault, target: FaultTarget): void;
  holdNext(target: Omit<FaultTarget, 'times'>): Hold;
  /** Drops planned faults and releases held calls. */
  clearFaults(): void;
  requests(): readonly RecordedRequest[];
  clearRequests(): void;
}

/** A test named a tenant or person that the sandbox does not have. */
class UnknownInSandbox extends Error {
  override readonly name = 'UnknownInSandbox';
}

export function makeControl(world: World, recorded: RecordedRequest[]): SandboxControl {
  const { directory, application, faults, clock } = world;
  const change = (tenant: string, how: (state: TenantState) => void) => {
    how(known(world, tenant));
    directory.save();
  };
  return {
    grantConsent: (tenant, except = []) =>
      directory.grantConsent(
        known(world, tenant),
        application.permissions.filter((permission) => !except.includes(permission)),
      ),
    removeConsent: (tenant) =>
      change(tenant, (state) => {
        if (state.servicePrincipal)
          state.servicePrincipal = { ...state.servicePrincipal, roles: [], scopes: [] };
      }),
    removeServicePrincipal: (tenant) =>
      change(tenant, (state) => {
        state.servicePrincipal = undefined;
        state.directoryRoles = [];
      }),
    enableServicePrincipal: (tenant, enabled) =>
      change(tenant, (state) => {
        if (state.servicePrincipal) state.servicePrincipal = { ...state.servicePrincipal, enabled };
      }),
    setDirectoryRoles: (tenant, roles) =>
      change(tenant, (state) => {
        state.directoryRoles = [...roles];
      }),
    changeOrganization: (tenant, changed) =>
      change(tenant, (state) => {
        state.organization = { ...state.organization, ...changed };
      }),
    addUsers: (tenant, count, synced) =>
      change(tenant, (state) => {
        const more = madeUpUsers(state.tenant, { synced, from: state.users.length, count, now: clock.now() });
        state.users = [...state.users, ...more];
      }),
    users: (tenant) => known(world, tenant).users,
    syncPasswords: (tenant, accounts) => syncPasswords(world, tenant, accounts),
    refusePerson(username, refusal) {
      const found = directory.person(username);
      if (!found) throw new UnknownInSandbox(username);
      found.person.refusal = refusal;
    },
    emitWids(emits) {
      application.emitsWids = emits;
    },
    expireClientSecret(expired) {
      application.secretExpired = expired;
    },
    failNext: faults.failNext,
    holdNext: faults.holdNext,
    clearFaults: faults.clear,
    requests: () => recorded,
    clearRequests() {
      recorded.length = 0;
    },
  };
}

function syncPasswords(
  world: World,
  tenant: string,
  accounts: Parameters<SandboxControl['syncPasswords']>[1],
): void {
  const state = known(world, tenant);
  const now = `${new Date(world.clock.now()).toISOString().slice(0, 19)}Z`;
  const changed = new Map(accounts.map((account) => [account.immutableId, account]));
  state.organization = { ...state.organization, ...{ onPremisesLastPasswordSyncDateTime: now } };
  state.users = state.users.map((user) => {
    const account = changed.get(user.onPremisesImmutableId ?? '');
    if (!account) return user;
    const onPremisesSecurityIdentifier = account.objectSid ?? user.onPremisesSecurityIdentifier;
    const newer = (account.changedAt ?? 0) > Date.parse(user.lastPasswordChangeDateTime ?? '');
    return { ...user, onPremisesSecurityIdentifier, ...(newer && { lastPasswordChangeDateTime: now }) };
  });
}

function known({ directory }: World, tenant: string): TenantState {
  const state = directory.tenant(tenant);
  if (!state) throw new UnknownInSandbox(tenant);
  return state;
}
