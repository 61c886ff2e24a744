import type {
  DirectoryRole,
  ServicePrincipal,
  UnifiedRoleAssignment,
  User,
} from '@microsoft/microsoft-graph-types';
import type { TenantState } from '../entraDirectory';
import type { SandboxRequest } from '../http';
import { roleName } from '../roles';
import { GRAPH_AUDIENCE, type World } from '../world';
import { type Caller, demand } from './caller';
import { GraphRefused, notFound } from './graphError';
import { countOf, pageOf, select } from './odata';

export interface GraphCall {
  world: World;
  caller: Caller;
  request: SandboxRequest;
}

/** Answers with plain data; a string is sent as text (`$count`). */
export type GraphResource = (call: GraphCall, id: string) => unknown;

const READ_DIRECTORY = ['Directory.Read.All', 'Directory.ReadWrite.All'];
const READ_ORGANIZATION = [
  'Organization.Read.All',
  'Organization.ReadWrite.All',
  'User.Read.All',
  ...READ_DIRECTORY,
];
const READ_USERS = ['User.Read.All', 'User.ReadWrite.All', ...READ_DIRECTORY];
const READ_APPLICATIONS = ['Application.Read.All', 'Application.ReadWrite.All', ...READ_DIRECTORY];
const READ_ASSIGNMENTS = [
  'RoleManagement.Read.Directory',
  'RoleManagement.Read.All',
  'RoleManagement.ReadWrite.Directory',
  ...READ_DIRECTORY,
];
const READ_ME = ['User.Read', 'User.ReadWrite', 'User.Read.All', ...READ_DIRECTORY];

const USER_DEFAULTS: (keyof User)[] = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];
const ROLE_FIELDS: (keyof DirectoryRole)[] = [
  'id',
  'deletedDateTime',
  'displayName',
  'description',
  'roleTemplateId',
];
const ASSIGNMENT_FIELDS: (keyof UnifiedRoleAssignment)[] = [
  'id',
  'principalId',
  'directoryScopeId',
  'roleDefinitionId',
];
const PRINCIPAL_FIELDS: (keyof ServicePrincipal)[] = [
  'id',
  'appId',
  'displayName',
  'accountEnabled',
  'servicePrincipalType',
  'appOwnerOrganizationId',
];

export const organizations: GraphResource = ({ caller, request }) => {
  demand(caller, caller.delegated ? [...READ_ORGANIZATION, ...READ_ME] : READ_ORGANIZATION);
  return {
    '@odata.context': `${GRAPH_AUDIENCE}/v1.0/$metadata#organization`,
    value: [select(caller.state.organization, request.query)],
  };
};

export const users: GraphResource = ({ caller, request, world }) => {
  demand(caller, READ_USERS);
  return pageOf(caller.state.users, {
    request,
    origin: world.urls.login,
    name: 'users',
    defaults: USER_DEFAULTS,
  });
};

export const usersCount: GraphResource = ({ caller, request }) => {
  demand(caller, READ_USERS);
  return String(countOf(caller.state.users, request));
};

export const servicePrincipals: GraphResource = ({ caller, request, world }) => {
  demand(caller, READ_APPLICATIONS);
  const all = ours(caller.state, world);
  return pageOf(all, {
    request,
    origin: world.urls.login,
    name: 'servicePrincipals',
    defaults: PRINCIPAL_FIELDS,
  });
};

/** By object id, or by `(appId='…')`. */
export const servicePrincipal: GraphResource = ({ caller, request, world }, id) => {
  demand(caller, READ_APPLICATIONS);
  const found = ours(caller.state, world).find((one) => one.id === id || one.appId === id);
  if (!found) throw notFound(id);
  return {
    '@odata.context': `${GRAPH_AUDIENCE}/v1.0/$metadata#servicePrincipals/$entity`,
    ...select(found, request.query),
  };
};

export const servicePrincipalRoles: GraphResource = ({ caller, request, world }, id) => {
  demand(caller, READ_APPLICATIONS);
  if (caller.state.servicePrincipal?.id !== id) throw notFound(id);
  const roles = caller.state.directoryRoles.map((role) => directoryRole(caller.state, role));
  return pageOf(roles, { request, origin: world.urls.login, name: 'directoryRoles', defaults: ROLE_FIELDS });
};

export const myRoles: GraphResource = ({ caller, request, world }) => {
  if (!caller.delegated)
    throw new GraphRefused(
      400,
      'BadRequest',
      '/me request is only valid with delegated authentication flow.',
    );
  demand(caller, READ_ME);
  const me = caller.state.people.find(({ objectId }) => objectId === caller.objectId);
  const roles = (me?.roles ?? []).map((role) => directoryRole(caller.state, role));
  return pageOf(roles, { request, origin: world.urls.login, name: 'directoryRoles', defaults: ROLE_FIELDS });
};

export const roleAssignments: GraphResource = ({ caller, request, world }) => {
  demand(caller, READ_ASSIGNMENTS);
  const { state } = caller;
  const ofPeople = state.people.flatMap(({ objectId, roles }) =>
    roles.map((role) => assignment(objectId, role)),
  );
  const ofApplication = state.directoryRoles.map((role) =>
    assignment(state.servicePrincipal?.id ?? '', role),
  );
  const all = [...ofPeople, ...(state.servicePrincipal ? ofApplication : [])];
  return pageOf(all, {
    request,
    origin: world.urls.login,
    name: 'roleManagement/directory/roleAssignments',
    defaults: ASSIGNMENT_FIELDS,
  });
};

const ours = (
  { servicePrincipal: found }: TenantState,
  world: World,
): (ServicePrincipal & { id: string })[] =>
  found
    ? [
        {
          id: found.id,
          appId: world.application.clientId,
          displayName: 'Keyturn',
          accountEnabled: found.enabled,
          servicePrincipalType: 'Application',
        },
      ]
    : [];

/** In every tenant a directory role has its own id; only its template id is the same everywhere. */
const directoryRole = (state: TenantState, roleTemplateId: string): DirectoryRole & { id: string } => ({
  id: `${state.tenant.tenantId.slice(0, 8)}${roleTemplateId.slice(8)}`,
  deletedDateTime: null,
  displayName: roleName(roleTemplateId),
  description: roleName(roleTemplateId),
  roleTemplateId,
});

const assignment = (
  principalId: string,
  roleDefinitionId: string,
): UnifiedRoleAssignment & { id: string } => ({
  id: Buffer.from(`${principalId} ${roleDefinitionId}`).toString('base64url').slice(0, 60),
  principalId,
  directoryScopeId: '/',
  roleDefinitionId,
});
