import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Organization, User } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import { makeOrganization } from './organization';
import type { SandboxPerson, SandboxTenant } from './tenant';
import { TENANTS } from './tenants';
import { makeUsers } from './users';

const servicePrincipal = z.object({
  id: z.string(),
  enabled: z.boolean(),
  /** Granted application permissions. */
  roles: z.array(z.string()),
  /** Consented delegated permissions. */
  scopes: z.array(z.string()),
});
const remembered = z.object({
  servicePrincipal: servicePrincipal.optional(),
  /** Directory roles of the service principal, as role template ids. */
  directoryRoles: z.array(z.string()),
});

/** A tenant while the sandbox runs. Only `servicePrincipal` and `directoryRoles` survive a restart. */
export interface TenantState extends z.infer<typeof remembered> {
  readonly tenant: SandboxTenant;
  organization: Organization;
  users: User[];
  people: SandboxPerson[];
}

/** Delegated permissions of the registration. An administrator's consent covers them, too. */
const SIGN_IN_SCOPES = ['User.Read'];

/** Every tenant of the sandbox, with its consents and role assignments. */
export interface EntraDirectory {
  all(): TenantState[];
  /** By id or domain name. */
  tenant(idOrDomain: string): TenantState | undefined;
  person(username: string): { person: SandboxPerson; state: TenantState } | undefined;
  /** What an administrator's *Accept* does. */
  grantConsent(state: TenantState, permissions: readonly string[]): void;
  /** A person's consent to delegated permissions. Creates the service principal where it is missing. */
  addScopes(state: TenantState, scopes: readonly string[]): void;
  /** Call this after every change of data that survives a restart. */
  save(): void;
}

export function openEntraDirectory(now: number, stateFile?: string): EntraDirectory {
  const memory = readState(stateFile);
  const states = TENANTS.map(
    (tenant): TenantState => ({
      directoryRoles: [],
      ...(tenant.granted && { servicePrincipal: newServicePrincipal(tenant.granted) }),
      ...memory[tenant.tenantId],
      tenant,
      organization: makeOrganization(tenant, now),
      users: makeUsers(tenant, now),
      people: tenant.people.map((person) => ({ ...person })),
    }),
  );
  const save = () => writeState(states, stateFile);
  return {
    all: () => states,
    tenant: (idOrDomain) =>
      states.find(({ tenant }) => [tenant.tenantId, tenant.domain].includes(idOrDomain.toLowerCase())),
    person: (username) =>
      states
        .flatMap((state) => state.people.map((person) => ({ person, state })))
        .find(({ person }) => person.username === username),
    grantConsent(state, permissions) {
      const before = state.servicePrincipal;
      const principal = before ?? newServicePrincipal();
      const scopes = [...new Set([...principal.scopes, ...SIGN_IN_SCOPES])];
      state.servicePrincipal = { ...principal, scopes, roles: [...permissions] };
      const { granted = [], rolesOnConsent } = state.tenant;
      if (!before?.roles.some((role) => !granted.includes(role)) && !state.directoryRoles.length)
        state.directoryRoles = [...rolesOnConsent];
      save();
    },
    addScopes(state, scopes) {
      const before = state.servicePrincipal ?? newServicePrincipal();
      state.servicePrincipal = { ...before, scopes: [...new Set([...before.scopes, ...scopes])] };
      save();
    },
    save,
  };
}

const newServicePrincipal = (roles: readonly string[] = []) => ({
  id: randomUUID(),
  enabled: true,
  roles: [...roles],
  scopes: [] as string[],
});

function readState(file?: string): Record<string, z.infer<typeof remembered>> {
  if (!file || !existsSync(file)) return {};
  return z.record(remembered).parse(JSON.parse(readFileSync(file, 'utf8')));
}

function writeState(states: TenantState[], file?: string): void {
  if (!file) return;
  const entries = states.map((state) => [
    state.tenant.tenantId,
    { servicePrincipal: state.servicePrincipal, directoryRoles: state.directoryRoles },
  ]);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(entries), undefined, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
