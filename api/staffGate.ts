import { z } from 'zod';
import { KeyturnError, notFound, StoreUnavailable } from '../domain/errors';
import type { Endpoint, HttpRequest, HttpResponse } from '../domain/http';
import { beginVisit, isProved, proveVisit, returningVisit, type VisitDeps } from '../domain/links/proveVisit';
import type { LinkOwner, VisitKind } from '../domain/links/visit';
import { hashOf } from '../domain/tenants/oneTime';
import { MicrosoftRefused } from '../domain/tenants/refusals/microsoftRefused';
import { refusedStaff } from '../domain/tenants/refusals/refusalWords';
import { ERROR_STATUS } from './errorStatus';
import { beginPage, leavingPage } from './pages';

export interface GateDeps extends VisitDeps {
  /** False only while the public address is plain http on loopback. */
  secureCookies: boolean;
}

/** A page of ours for one of the MSP's people. */
export interface Gated {
  kind: VisitKind;
  path: string;
  title: string;
  /** Whose link it is. Throws notFound for one that is not open. */
  owner(handle: string): Promise<LinkOwner>;
  refusal(status: number, sentence: string): HttpResponse;
}

const FORM_BYTES = 1024;
const NOT_WHOLE = 'This link is not whole. Ask for a new one in the chat.';
const linkSchema = z.object({ h: z.string().min(20).max(100) });
const LINES = [
  'This link was made for one person of your company. Sign in with your own work account to go on.',
  'It works for ten minutes, in the browser that goes on from here.',
];

/** One for each link, so that two can be open in one browser. `id`: the visit's. */
const cookieOf = (id: string): string => `keyturn-visit-${id.slice(0, 16)}`;

/**
 * Puts the MSP's own Microsoft sign-in before a page: looking at the link binds and burns nothing, the first
 * browser that goes on has it, and what the page shows or takes is for the very person whom the link was made
 * for.
 */
export function behindStaffSignIn(deps: GateDeps, of: Gated, endpoints: readonly Endpoint[]): Endpoint[] {
  const inner = (method: Endpoint['method']) =>
    endpoints.find((endpoint) => endpoint.path === of.path && endpoint.method === method);
  const safely = (handle: Endpoint['handle']) => (request: HttpRequest) =>
    handle(request).catch((error) => failed(deps, of, request, error));
  return [
    ...endpoints.filter(({ path }) => path !== of.path),
    {
      ...inner('GET'),
      method: 'GET',
      path: of.path,
      auth: 'open',
      handle: safely(async (request) => {
        const handle = handleOf(request.query);
        const shown = inner('GET');
        if (shown && (await isProved(deps, handle, secretIn(hashOf(handle), request))))
          return shown.handle(request);
        await of.owner(handle);
        return beginPage({ title: of.title, lines: LINES, action: of.path, handle, button: 'Sign in' });
      }),
    },
    {
      form: { mostBytes: FORM_BYTES },
      ...inner('POST'),
      method: 'POST',
      path: of.path,
      auth: 'open',
      handle: safely(async (request) => {
        const handle = handleOf(request.body);
        const submitted = inner('POST');
        if (submitted && (await isProved(deps, handle, secretIn(hashOf(handle), request))))
          return submitted.handle(request);
        return begun(deps, of, handle, request);
      }),
    },
  ];
}

async function begun(deps: GateDeps, of: Gated, handle: string, request: HttpRequest): Promise<HttpResponse> {
  const owner = await of.owner(handle);
  const known = secretIn(hashOf(handle), request);
  const { cookie, redirectTo } = await beginVisit(deps, {
    kind: of.kind,
    handle,
    owner,
    ...(known && { cookie: known }),
  });
  const value = cookieHeader(deps, `${cookie}.${handle}`, { id: hashOf(handle), expiresAt: owner.expiresAt });
  return { ...leavingPage(redirectTo), cookies: [value] };
}

/** The browser is back from Microsoft: undefined when that was no sign-in for one of these pages. */
export async function staffReturned(
  deps: GateDeps,
  pages: readonly Gated[],
  request: HttpRequest,
  query: Parameters<typeof returningVisit>[1],
): Promise<HttpResponse | undefined> {
  const visit = await returningVisit(deps, query);
  const of = pages.find(({ kind }) => kind === visit?.value.kind);
  if (!visit || !of) return undefined;
  try {
    const { id, value } = visit;
    const [known, handle = ''] = (request.cookies[cookieOf(id)] ?? '').split('.');
    const proof = await proveVisit(deps, visit, query, known);
    const page = `${deps.publicUrl}${of.path}?h=${encodeURIComponent(handle)}`;
    const cookie = cookieHeader(deps, `${proof}.${handle}`, { id, expiresAt: value.expiresAt });
    return { ...leavingPage(page, 'You are signed in'), cookies: [cookie] };
  } catch (error) {
    return failed(deps, of, request, error);
  }
}

const secretIn = (id: string, { cookies }: HttpRequest): string | undefined =>
  cookies[cookieOf(id)]?.split('.')[0];

function cookieHeader(
  { clock, secureCookies }: GateDeps,
  value: string,
  { id, expiresAt }: { id: string; expiresAt: number },
): string {
  const seconds = Math.max(1, Math.ceil((expiresAt - clock.now()) / 1000));
  const secure = secureCookies ? '; Secure' : '';
  return `${cookieOf(id)}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

function handleOf(given: unknown): string {
  const parsed = linkSchema.safeParse(given);
  if (!parsed.success) throw notFound(NOT_WHOLE);
  return parsed.data.h;
}

/** A known error is its sentence; of an unknown one the browser learns a reference alone. */
function failed(deps: GateDeps, of: Gated, { requestId, path }: HttpRequest, error: unknown): HttpResponse {
  if (error instanceof KeyturnError) return of.refusal(ERROR_STATUS[error.code], error.sentence);
  if (error instanceof MicrosoftRefused) return of.refusal(502, refusedStaff(error));
  deps.log.error({ requestId, path, err: error }, 'a page of our own people failed');
  const wait = error instanceof StoreUnavailable ? 'Wait a minute, then try' : 'Try';
  return of.refusal(500, `Something went wrong. ${wait} again. Reference: ${requestId}.`);
}
