import type { TenantState } from '../entraDirectory';
import { redirect, type SandboxRequest, type SandboxResponse } from '../http';
import { mayConsent } from '../roles';
import { type AadstsCode, refusalQuery } from '../signInErrors';
import type { SandboxPerson } from '../tenant';
import { GRAPH_AUDIENCE, type World } from '../world';
import { accountPicker } from './accountPicker';
import { consentForm, needAdministrator } from './consentForm';
import { errorPage } from './html';
import { pickable, rememberedPerson, rememberPerson, returnTo } from './session';

const DECLINES = 'In the sandbox this administrator declines, whichever button is pressed.';

/** `/{tenant}/v2.0/adminconsent`: an administrator grants what the application is configured to ask for. */
export function adminConsentPage(world: World, tenant: string, request: SandboxRequest): SandboxResponse {
  const { query, form } = request;
  const states = pickable(world, tenant);
  if (!states.length) return errorPage('90002', `Tenant '${tenant}' not found.`);
  if (query.get('client_id') !== world.application.clientId)
    return errorPage('700016', 'Application was not found in the directory.');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!world.application.redirectUris.includes(redirectUri))
    return errorPage(
      '50011',
      'The redirect URI specified in the request does not match the redirect URIs configured for the application.',
    );
  const resources = [GRAPH_AUDIENCE, world.urls.login].map((resource) => `${resource}/.default`);
  if (!resources.includes(query.get('scope') ?? ''))
    return errorPage('900144', "The request body must contain the following parameter: 'scope'.");
  const back = (values: Record<string, string>) =>
    redirect(returnTo(redirectUri, { admin_consent: 'True', ...values }, query.get('state')));
  if (request.method === 'GET') return ask(world, states, request);
  if (form.get('username')) return picked(world, states, request);
  return back(decide(world, states, form));
}

function ask(world: World, states: TenantState[], request: SandboxRequest): SandboxResponse {
  const found = rememberedPerson(world, request);
  return found && states.includes(found.state) ? show(world, found) : accountPicker(states);
}

function picked(world: World, states: TenantState[], request: SandboxRequest): SandboxResponse {
  const found = world.directory.person(request.form.get('username') ?? '');
  if (!found || !states.includes(found.state)) return accountPicker(states);
  const shown = show(world, found);
  return { ...shown, headers: { ...shown.headers, ...rememberPerson(found.person.username) } };
}

function show(
  world: World,
  { person, state }: { person: SandboxPerson; state: TenantState },
): SandboxResponse {
  if (!mayConsent(person.roles)) return needAdministrator(person.username);
  const note = state.tenant.consent === 'declined' ? DECLINES : undefined;
  return consentForm({ state, username: person.username, permissions: world.application.permissions, note });
}

function decide(world: World, states: TenantState[], form: URLSearchParams): Record<string, string> {
  const refuse = (code: AadstsCode, cancelled = false) => refusalQuery(code, world.clock, cancelled);
  if (form.get('answer') === 'return') return refuse('90094');
  if (form.get('answer') !== 'accept') return refuse('65004', true);
  const found = world.directory.person(form.get('person') ?? '');
  if (!found || !states.includes(found.state)) return refuse('50020');
  if (!mayConsent(found.person.roles)) return refuse('90094');
  if (found.state.tenant.consent === 'declined') return refuse('65004');
  world.directory.grantConsent(found.state, world.application.permissions);
  return { tenant: found.state.tenant.tenantId, scope: `${GRAPH_AUDIENCE}/.default` };
}
