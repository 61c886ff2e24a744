/** Entra's built-in roles by template id; for built-ins the definition id in a tenant is the same. */
export const ROLES = {
  globalAdministrator: '62e90394-69f5-4237-9190-012177145e10',
  privilegedAuthenticationAdministrator: '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
  privilegedRoleAdministrator: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  userAdministrator: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
} as const;

/** Every member's token carries this in `wids` beside the roles. It grants nothing. */
export const DEFAULT_USER_WID = 'b79fbf4d-3ef9-4689-8143-76b194e85509';

const NAMES: Record<string, string> = {
  [ROLES.globalAdministrator]: 'Global Administrator',
  [ROLES.privilegedAuthenticationAdministrator]: 'Privileged Authentication Administrator',
  [ROLES.privilegedRoleAdministrator]: 'Privileged Role Administrator',
  [ROLES.userAdministrator]: 'User Administrator',
};

export const roleName = (roleId: string): string => NAMES[roleId] ?? 'Custom role';

/** Only these roles may grant application permissions of Graph. */
export const mayConsent = (roles: readonly string[]): boolean =>
  roles.includes(ROLES.globalAdministrator) || roles.includes(ROLES.privilegedRoleAdministrator);
