/** The tenant of all personal Microsoft accounts. */
export const PERSONAL_ACCOUNTS_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad';

/**
 * Every application permission that Keyturn asks of a customer's tenant, and why. The app registers exactly
 * this list, and we use nothing else. (The app's own object id comes from the `oid` claim of its token, so it
 * need not read applications.)
 */
export const REQUIRED_PERMISSIONS = [
  { name: 'Organization.Read.All', why: 'to see the tenant’s name, domains and whether it is synced' },
  { name: 'User.Read.All', why: 'to list the people whose passwords Keyturn manages' },
  { name: 'User-PasswordProfile.ReadWrite.All', why: 'to reset a password' },
  {
    name: 'RoleManagement.Read.Directory',
    why: 'to see who is an administrator, and what Keyturn itself may reset',
  },
] as const;

/** Directory roles by their template id. With one of these the app may reset passwords. */
export const RESET_ROLES: Record<string, { name: string; administrators: boolean }> = {
  '62e90394-69f5-4237-9190-012177145e10': { name: 'Global Administrator', administrators: true },
  '7be44c8a-adaf-4e2a-84d6-ab2649e08a13': {
    name: 'Privileged Authentication Administrator',
    administrators: true,
  },
  'fe930be7-5e62-47db-91af-98c3a49a38b1': { name: 'User Administrator', administrators: false },
  'c4e39bd9-1100-46d3-8c65-fb160da0071f': { name: 'Authentication Administrator', administrators: false },
  '729827e3-9c14-49f7-bb1b-9608f156bbb8': { name: 'Helpdesk Administrator', administrators: false },
  '966707d0-3269-4727-9be2-8c3a10f19b9d': { name: 'Password Administrator', administrators: false },
};

/** The role template that may consent for a whole tenant. */
export const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
