import { checkClientCredential } from './clientCredential';
import type { TenantState } from './entraDirectory';
import { json, type SandboxRequest, type SandboxResponse } from './http';
import { missingScopes } from './scopes';
import { refusalBody, refusalStatus, SignInRefused } from './signInErrors';
import { appToken, personTokens, type TokenAnswer } from './tokens';
import { GRAPH_AUDIENCE, type World } from './world';

/** `POST /{tenant}/oauth2/v2.0/token` for authorization codes and client credentials. */
export async function tokenEndpoint(
  world: World,
  tenant: string,
  request: SandboxRequest,
): Promise<SandboxResponse> {
  try {
    return json(200, await grantTokens(world, tenant, request.form));
  } catch (error) {
    if (error instanceof SignInRefused)
      return json(refusalStatus(error.code), refusalBody(error.code, world.clock));
    throw error;
  }
}

async function grantTokens(world: World, tenant: string, form: URLSearchParams): Promise<TokenAnswer> {
  const state = world.directory.tenant(tenant);
  if (!state && tenant !== 'organizations') throw new SignInRefused('90002');
  const tokenUrl = `${world.urls.login}/${tenant}/oauth2/v2.0/token`;
  await checkClientCredential(form, world.application, { tokenUrl, clock: world.clock });
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return redeemCode(world, state, form);
    case 'client_credentials':
      return appOnly(world, state, form);
    default:
      throw new SignInRefused('70003');
  }
}

function redeemCode(
  world: World,
  asked: TenantState | undefined,
  form: URLSearchParams,
): Promise<TokenAnswer> {
  const sent = { verifier: required(form, 'code_verifier'), redirectUri: required(form, 'redirect_uri') };
  const grant = world.codes.redeem(required(form, 'code'), sent);
  if (asked && asked.tenant.tenantId !== grant.tenantId) throw new SignInRefused('700005');
  const found = world.directory.person(grant.username);
  if (!found) throw new SignInRefused('50020');
  if (found.person.refusal?.at === 'token') throw new SignInRefused(found.person.refusal.code);
  if (found.state.servicePrincipal?.enabled === false) throw new SignInRefused('7000112');
  if (missingScopes(found.state, grant.scopes).length) throw new SignInRefused('65001');
  const withClientInfo = form.get('client_info') === '1';
  return personTokens(world, { grant, person: found.person, withClientInfo });
}

function appOnly(world: World, state: TenantState | undefined, form: URLSearchParams): Promise<TokenAnswer> {
  const resources = [GRAPH_AUDIENCE, world.urls.login].map((resource) => `${resource}/.default`);
  if (!resources.includes(required(form, 'scope').trim())) throw new SignInRefused('1002012');
  if (!state?.servicePrincipal) throw new SignInRefused('700016');
  if (!state.servicePrincipal.enabled) throw new SignInRefused('7000112');
  return appToken(world, state);
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw new SignInRefused('900144');
  return value;
}
