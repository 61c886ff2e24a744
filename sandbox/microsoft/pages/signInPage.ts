import type { TenantState } from '../entraDirectory';
import { redirect, type SandboxRequest, type SandboxResponse } from '../http';
import { mayConsent } from '../roles';
import { missingScopes, onlyForAdministrators, readScopes } from '../scopes';
import { type AadstsCode, refusalQuery } from '../signInErrors';
import type { SandboxPerson } from '../tenant';
import type { World } from '../world';
import { accountPicker } from './accountPicker';
import { consentForm, needAdministrator } from './consentForm';
import { errorPage } from './html';
import { pickable, rememberPerson, returnTo } from './session';

interface Asked {
  redirectUri: string;
  state: string | null;
  scopes: string[];
  challenge: string;
  nonce?: string;
  world: World;
}

/**
 * `/{tenant}/oauth2/v2.0/authorize`: the person picks an account, consents where the tenant has not yet done
 * so, and goes back with a code. A personal account can be picked too, as at Microsoft's `common` endpoint,
 * so that the application's own refusal can be seen.
 */
export function signInPage(world: World, tenant: string, request: SandboxRequest): SandboxResponse {
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
  const challenge = query.get('code_challenge') ?? '';
  const asked: Asked = {
    world,
    redirectUri,
    challenge,
    state: query.get('state'),
    nonce: query.get('nonce') ?? undefined,
    scopes: readScopes(query.get('scope') ?? ''),
  };
  if (query.get('response_type') !== 'code' || !asked.scopes.includes('openid'))
    return refuse(asked, '900144');
  if (!challenge || query.get('code_challenge_method') !== 'S256') return refuse(asked, '9002325');
  if (request.method === 'GET') return accountPicker(states);
  return answered(asked, states, form);
}

function answered(asked: Asked, states: TenantState[], form: URLSearchParams): SandboxResponse {
  if (form.get('answer') === 'cancel') return refuse(asked, '65004', true);
  if (form.get('answer') === 'return') return refuse(asked, '90094');
  const username = form.get('username') ?? form.get('person') ?? '';
  const found = asked.world.directory.person(username);
  if (!found || !states.includes(found.state)) return refuse(asked, '50020');
  const { person, state } = found;
  if (person.refusal?.at === 'authorize') return refuse(asked, person.refusal.code);
  if (state.servicePrincipal?.enabled === false) return refuse(asked, '7000112');
  const missing = missingScopes(state, asked.scopes);
  if (missing.length) {
    if (onlyForAdministrators(missing) && !mayConsent(person.roles)) return needAdministrator(username);
    if (form.get('answer') !== 'accept') return consentForm({ state, username, permissions: missing });
    asked.world.directory.addScopes(state, missing);
  }
  return backWithCode(asked, person, state);
}

function backWithCode(asked: Asked, person: SandboxPerson, state: TenantState): SandboxResponse {
  const code = asked.world.codes.issue({
    tenantId: state.tenant.tenantId,
    username: person.username,
    redirectUri: asked.redirectUri,
    challenge: asked.challenge,
    scopes: asked.scopes,
    nonce: asked.nonce,
  });
  return redirect(returnTo(asked.redirectUri, { code }, asked.state), rememberPerson(person.username));
}

const refuse = (asked: Asked, code: AadstsCode, cancelled = false): SandboxResponse =>
  redirect(returnTo(asked.redirectUri, refusalQuery(code, asked.world.clock, cancelled), asked.state));
