import { MicrosoftRefused } from '../../domain/tenants/refusals/microsoftRefused';
import { CONSENT_CURE, WAIT_CURE } from '../../domain/tenants/refusals/refusalTable';
import { refusalWords } from '../../domain/tenants/refusals/refusalWords';
import { REQUIRED_PERMISSIONS, RESET_ROLES } from '../../domain/tenants/requiredPermissions';
import type { CheckId, CheckOutcome } from '../../domain/tenants/tenantConnection';
import type { AppToken } from './appTokens';
import type { Graph } from './graphClient';
import { readAnyUser, readOrganization, readRoleIds } from './tenantReads';

export interface CheckContext {
  tenantId: string;
  token(): Promise<AppToken>;
  client(): Promise<Graph>;
}

type Finding = Omit<CheckOutcome, 'check'>;

const passed = (finding: string): Finding => ({ state: 'passed', finding });
const failed = (finding: string, cure: string): Finding => ({ state: 'failed', finding, cure });
const CONNECT_AGAIN = 'Disconnect, and connect again.';

/** How each check is made. A check may throw MicrosoftRefused, which then becomes its finding. */
export const CHECKERS: Record<CheckId, (context: CheckContext) => Promise<Finding>> = {
  async token({ token, tenantId }) {
    const { claims } = await token();
    return claims.tid.toLowerCase() === tenantId
      ? passed('Keyturn can sign in to this tenant on its own.')
      : failed('Microsoft gave a token for a different tenant.', CONNECT_AGAIN);
  },

  async organization({ client, tenantId }) {
    const { id, displayName } = await readOrganization(await client());
    return id.toLowerCase() === tenantId
      ? passed(`The tenant answers as ${displayName ?? 'itself'}.`)
      : failed('The tenant answers under a different id.', CONNECT_AGAIN);
  },

  async permissions({ token }) {
    const { roles } = (await token()).claims;
    const missing = REQUIRED_PERMISSIONS.filter(({ name }) => !roles.includes(name));
    if (missing.length === 0) return passed(`All ${REQUIRED_PERMISSIONS.length} permissions are granted.`);
    const words = missing.map(({ name, why }) => `${name} (${why})`).join('; ');
    return failed(`Not granted: ${words}.`, CONSENT_CURE);
  },

  async directoryRole({ token, client }) {
    const { oid, tid } = (await token()).claims;
    const held = (await readRoleIds(await client(), oid)).flatMap((id) => RESET_ROLES[id] ?? []);
    return roleFinding(held, (roleId) => giveRole(tid, oid, roleId));
  },

  async users({ client }) {
    await readAnyUser(await client());
    return passed('The tenant’s users can be read.');
  },
};

const USER_ADMINISTRATOR = 'fe930be7-5e62-47db-91af-98c3a49a38b1';
const PRIVILEGED_AUTHENTICATION_ADMINISTRATOR = '7be44c8a-adaf-4e2a-84d6-ab2649e08a13';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Gives the app a directory role. An administrator runs it, so it holds ids and nothing else. */
function giveRole(tenantId: string, appObjectId: string, roleId: string): string | undefined {
  if (!GUID.test(tenantId) || !GUID.test(appObjectId)) return undefined;
  return `Connect-MgGraph -TenantId ${tenantId} -Scopes RoleManagement.ReadWrite.Directory; New-MgRoleManagementDirectoryRoleAssignment -PrincipalId ${appObjectId} -RoleDefinitionId ${roleId} -DirectoryScopeId /`;
}

function roleFinding(
  held: { name: string; administrators: boolean }[],
  scriptFor: (roleId: string) => string | undefined,
): Finding {
  const scripted = (roleId: string) => {
    const script = scriptFor(roleId);
    return script ? { script } : {};
  };
  const names = held.map(({ name }) => name).join(', ');
  if (held.some(({ administrators }) => administrators))
    return passed(`Keyturn’s app holds ${names}: it may reset everybody, administrators too.`);
  if (held.length > 0)
    return {
      state: 'warned',
      finding: `Keyturn’s app holds ${names}: it may reset ordinary users, but not administrators.`,
      cure: `If administrators are to be reset too, give the app the role Privileged Authentication Administrator in Entra, under Roles and administrators. ${WAIT_CURE}`,
      ...scripted(PRIVILEGED_AUTHENTICATION_ADMINISTRATOR),
    };
  const missing = failed(
    'Keyturn’s app holds no directory role that may reset passwords in the whole tenant.',
    `In Entra, under Roles and administrators, give the app the role User Administrator, or Privileged Authentication Administrator where administrators are to be reset too. ${WAIT_CURE}`,
  );
  return { ...missing, ...scripted(USER_ADMINISTRATOR) };
}

const NO_WORD_OF_THE_TENANT: ReadonlySet<string> = new Set([
  'unavailable',
  'webPage',
  'endless',
  'askedTooOften',
]);

/** The finding of a check that could not be made. */
export function refusedFinding(error: unknown): Finding {
  const refusal = error instanceof MicrosoftRefused ? error.refusal : 'other';
  return {
    state: 'failed',
    ...refusalWords(error),
    ...(refusal === 'consentLost' && { consentLost: true }),
    ...(NO_WORD_OF_THE_TENANT.has(refusal) && { unavailable: true }),
  };
}
