import type { SandboxRequest, SandboxResponse } from '../http';
import type { World } from '../world';
import { adminConsentPage } from './adminConsentPage';
import { escapeHtml, page } from './html';
import { rolesPage } from './rolesPage';
import { signInPage } from './signInPage';

type PageHandler = (world: World, tenant: string, request: SandboxRequest) => SandboxResponse;

const PAGES: [RegExp, PageHandler][] = [
  [/^\/([^/]+)\/oauth2\/v2\.0\/authorize$/, signInPage],
  [/^\/([^/]+)\/v2\.0\/adminconsent$/, adminConsentPage],
  [/^\/roles\/([^/]+)$/, rolesPage],
];

/** All pages that a person's browser opens. */
export function showPage(world: World, request: SandboxRequest): SandboxResponse {
  for (const [path, show] of PAGES) {
    const tenant = path.exec(request.path)?.[1];
    if (tenant) return show(world, decodeURIComponent(tenant), request);
  }
  return request.path === '/'
    ? overview(world)
    : page('Nothing here', '<p>This address means nothing to the sandbox.</p>', 404);
}

function overview(world: World): SandboxResponse {
  const rows = world.directory
    .all()
    .map(
      ({ tenant, servicePrincipal }) =>
        `<h2><a href="/roles/${tenant.tenantId}">${escapeHtml(tenant.displayName)}</a></h2><p class="quiet">${escapeHtml(tenant.shows)}${servicePrincipal?.roles.length ? ' — consent given' : ''}</p>`,
    );
  return page('Tenants of the sandbox', rows.join(''));
}
