import type { TenantState } from '../entraDirectory';
import type { SandboxResponse } from '../http';
import { answers, escapeHtml, page } from './html';

const MEANINGS: Record<string, string> = {
  'Application.Read.All': 'Read all applications',
  'Directory.Read.All': 'Read directory data',
  'Organization.Read.All': 'Read organization information',
  'RoleManagement.Read.Directory': 'Read all directory role assignments',
  'User.Read': 'Sign you in and read your profile',
  'User.Read.All': 'Read all users’ full profiles',
  'User-PasswordProfile.ReadWrite.All': 'Read and write all password profiles',
};

/** Names every requested permission; `note` explains a tenant that behaves in a special way. */
export function consentForm(asked: {
  state: TenantState;
  username: string;
  permissions: readonly string[];
  note?: string;
}): SandboxResponse {
  const items = asked.permissions.map(
    (permission) =>
      `<li>${escapeHtml(MEANINGS[permission] ?? permission)} <span class="quiet">${escapeHtml(permission)}</span></li>`,
  );
  return page(
    'Permissions requested',
    `<p>${escapeHtml(asked.username)}</p>
<p><strong>Keyturn</strong> asks for this in <strong>${escapeHtml(asked.state.tenant.displayName)}</strong>:</p>
<ul>${items.join('')}</ul>
${asked.note ? `<p>${escapeHtml(asked.note)}</p>` : ''}
${answers({ person: asked.username }, [
  { value: 'accept', label: 'Accept', primary: true },
  { value: 'cancel', label: 'Cancel' },
])}`,
  );
}

/** The page for a person who may not consent to the request. */
export const needAdministrator = (username: string): SandboxResponse =>
  page(
    'Need admin approval',
    `<p>${escapeHtml(username)}</p>
<p>Keyturn needs permission to access resources in your organization that only an admin can grant. Ask an admin to grant permission to this app before you can use it.</p>
${answers({ person: username }, [{ value: 'return', label: 'Return to the application without granting consent' }])}`,
  );
