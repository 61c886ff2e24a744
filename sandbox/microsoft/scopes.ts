import type { TenantState } from './entraDirectory';
import { PERSONAL_TENANT_ID } from './tenant';
import { GRAPH_AUDIENCE } from './world';

/** Granted without a consent page here, because signing in shares only name and sign-in address. */
const SIGN_IN_ONLY = ['openid', 'profile', 'email', 'offline_access'];

/** Delegated permissions that everybody may consent to for themselves. */
const FOR_EVERYBODY = ['User.Read'];

/** The requested scopes without Graph's prefix. */
export const readScopes = (scope: string): string[] =>
  scope
    .split(' ')
    .filter(Boolean)
    .map((one) => one.replace(`${GRAPH_AUDIENCE}/`, ''));

/** Delegated permissions that nobody in the tenant has consented to. */
export const missingScopes = (state: TenantState, scopes: readonly string[]): string[] =>
  state.tenant.tenantId === PERSONAL_TENANT_ID
    ? []
    : scopes.filter(
        (scope) => !SIGN_IN_ONLY.includes(scope) && !state.servicePrincipal?.scopes.includes(scope),
      );

export const onlyForAdministrators = (scopes: readonly string[]): boolean =>
  scopes.some((scope) => !FOR_EVERYBODY.includes(scope));
