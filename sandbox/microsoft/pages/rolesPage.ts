import type { TenantState } from '../entraDirectory';
import { redirect, type SandboxRequest, type SandboxResponse } from '../http';
import { ROLES, roleName } from '../roles';
import type { World } from '../world';
import { answers, errorPage, escapeHtml, page } from './html';

const OFFERED = [ROLES.userAdministrator, ROLES.privilegedAuthenticationAdministrator] as const;

/**
 * `/roles/{tenant}`: stands for the Entra admin centre, where an administrator assigns a directory role to
 * the application by hand.
 */
export function rolesPage(world: World, tenant: string, request: SandboxRequest): SandboxResponse {
  const state = world.directory.tenant(tenant);
  if (!state) return errorPage('90002', `Tenant '${tenant}' not found.`);
  if (request.method !== 'POST') return show(state);
  const role = OFFERED.find((id) => id === request.form.get('answer'));
  if (role && state.servicePrincipal && !state.directoryRoles.includes(role)) {
    state.directoryRoles = [...state.directoryRoles, role];
    world.directory.save();
  }
  return redirect(request.path);
}

function show({ tenant, servicePrincipal, directoryRoles }: TenantState): SandboxResponse {
  const title = `Roles of Keyturn in ${tenant.displayName}`;
  if (!servicePrincipal) return page(title, '<p>Keyturn is not in this tenant yet: connect it first.</p>');
  const held = directoryRoles.map((role) => `<li>${escapeHtml(roleName(role))}</li>`).join('');
  const buttons = OFFERED.filter((role) => !directoryRoles.includes(role)).map((role) => ({
    value: role,
    label: `Assign ${roleName(role)}`,
  }));
  return page(
    title,
    `${held ? `<p>Assigned:</p><ul>${held}</ul>` : '<p>No directory role is assigned yet.</p>'}
${answers({}, buttons)}
<p>After assigning one, press <strong>Test again</strong> in the chat.</p>`,
  );
}
