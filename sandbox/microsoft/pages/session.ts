import type { TenantState } from '../entraDirectory';
import type { SandboxRequest } from '../http';
import type { SandboxPerson } from '../tenant';
import type { World } from '../world';

const COOKIE = 'sandbox_signed_in';

/** Remembers the picked person in the browser, so that the consent page need not ask again. */
export const rememberPerson = (username: string): Record<string, string> => ({
  'set-cookie': `${COOKIE}=${encodeURIComponent(username)}; Path=/; HttpOnly; SameSite=Lax`,
});

export function rememberedPerson(
  world: World,
  request: SandboxRequest,
): { person: SandboxPerson; state: TenantState } | undefined {
  const value = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]*)`).exec(request.headers.cookie ?? '')?.[1];
  return value === undefined ? undefined : world.directory.person(decodeURIComponent(value));
}

/** The address that the browser goes back to, once it is known to be registered. */
export function returnTo(redirectUri: string, values: Record<string, string>, state: string | null): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
  if (state !== null) url.searchParams.set('state', state);
  return url.href;
}

/** The tenants whose people can be picked at this path; none when Microsoft does not know the tenant. */
export function pickable(world: World, tenant: string): TenantState[] {
  if (tenant === 'organizations') return world.directory.all();
  const state = world.directory.tenant(tenant);
  return state ? [state] : [];
}
