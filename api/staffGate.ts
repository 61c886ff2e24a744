import { notAllowed } from '../domain/errors';
import type { Endpoint, HttpRequest, HttpResponse } from '../domain/http';
import { hashOf } from '../domain/links/oneTime';
import { OTHER_BROWSER } from '../domain/links/openLink';
import { beginVisit, isProved, proveVisit, returningVisit, type VisitDeps } from '../domain/links/proveVisit';
import { type OwnerDeps, openForOwner } from '../domain/links/useLink';
import { refusedStaff } from '../domain/tenants/refusals/refusalWords';
import { checked, cookieHeader, endpointsOf, failed, handleSchema, type LinkPage, linkUrl } from './page';
import { beginPage, leavingPage } from './pages';

export type StaffGateDeps = VisitDeps &
  OwnerDeps & {
    /** False only while the public address is plain http on loopback. */
    secureCookies: boolean;
  };

const NOT_WHOLE = 'This link is not whole. Ask for a new one in the chat.';
const LINES = [
  'This link was made for one person of your company. Sign in with your own work account to go on.',
  'It works for ten minutes, in the browser that goes on from here.',
];

const faceOf = ({ face }: LinkPage) => ({ ...face, microsoft: refusedStaff });

/**
 * The endpoints of a page. Where its policy wants the owner's browser, the MSP's own Microsoft sign-in stands
 * before it. Looking at the link binds and uses up nothing. The first browser that goes on owns the link, and
 * the page opens only for the person whom the link was made for.
 */
export function gated(deps: StaffGateDeps, page: LinkPage): readonly Endpoint[] {
  const { policy, endpoints } = page;
  if (policy.bindsBrowser === 'first') return endpoints;
  const { path } = policy;
  const inner = (method: Endpoint['method']) =>
    endpoints.find((endpoint) => endpoint.path === path && endpoint.method === method);
  const [shown, submitted] = [inner('GET'), inner('POST')];
  const behind = async (endpoint: Endpoint | undefined, handle: string, request: HttpRequest) =>
    endpoint && (await isProved(deps, handle, secretIn(hashOf(handle), request)))
      ? endpoint.handle(request)
      : undefined;
  const { get, post } = endpointsOf(deps, faceOf(page));
  const look: Endpoint['handle'] = async (request) => {
    const { h: handle } = checked(handleSchema, request.query, NOT_WHOLE);
    return (await behind(shown, handle, request)) ?? askedToSignIn(deps, page, handle);
  };
  const goOn: Endpoint['handle'] = async (request) => {
    const { h: handle } = checked(handleSchema, request.body, NOT_WHOLE);
    return (await behind(submitted, handle, request)) ?? begun(deps, page, handle, request);
  };
  const others = endpoints.filter((endpoint) => endpoint.path !== path);
  const visited = (page.visited ?? []).map((endpoint) => get(endpoint.path, onlyVisitors(deps, endpoint)));
  return [...others, ...visited, get(path, look), post(path, goOn, submitted?.form?.mostBytes)];
}

/** Answers a page that is open in the browser whose visit was proved. */
const onlyVisitors =
  (deps: StaffGateDeps, endpoint: Endpoint): Endpoint['handle'] =>
  async (request) => {
    const { h: handle } = checked(handleSchema, request.query, NOT_WHOLE);
    if (await isProved(deps, handle, secretIn(hashOf(handle), request))) return endpoint.handle(request);
    throw notAllowed(OTHER_BROWSER);
  };

async function askedToSignIn(
  deps: StaffGateDeps,
  { policy, title }: LinkPage,
  handle: string,
): Promise<HttpResponse> {
  await openForOwner(deps, policy, handle);
  return beginPage({ title, lines: LINES, action: policy.path, handle, button: 'Sign in' });
}

async function begun(
  deps: StaffGateDeps,
  { policy }: LinkPage,
  handle: string,
  request: HttpRequest,
): Promise<HttpResponse> {
  const { link } = await openForOwner(deps, policy, handle);
  const { cookie, redirectTo } = await beginVisit(deps, link, secretIn(link.id, request));
  return { ...leavingPage(redirectTo), cookies: [boundBy(deps, `${cookie}.${handle}`, link)] };
}

/** The browser is back from Microsoft. Returns undefined if the sign-in was not for one of these pages. */
export async function staffReturned(
  deps: StaffGateDeps,
  pages: readonly LinkPage[],
  request: HttpRequest,
  query: Parameters<typeof returningVisit>[1],
): Promise<HttpResponse | undefined> {
  const visit = await returningVisit(deps, query);
  const page = pages.find(({ policy }) => policy.kind === visit?.value.kind);
  if (!visit || !page) return undefined;
  try {
    const [known, handle = ''] = (request.cookies[cookieOf(visit.id)] ?? '').split('.');
    const proof = await proveVisit(deps, visit, query, known);
    const url = linkUrl(deps.publicUrl, page.policy, handle);
    const cookies = [boundBy(deps, `${proof}.${handle}`, visit)];
    return { ...leavingPage(url, 'You are signed in'), cookies };
  } catch (error) {
    return failed(deps, faceOf(page), request, error);
  }
}

/** One cookie for each link, so one browser can open two. `id` is the link's, and also its visit's. */
const cookieOf = (id: string): string => `keyturn-visit-${id.slice(0, 16)}`;

const secretIn = (id: string, { cookies }: HttpRequest): string | undefined =>
  cookies[cookieOf(id)]?.split('.')[0];

function boundBy(
  { clock, secureCookies: secure }: StaffGateDeps,
  value: string,
  of: { id: string; value: { expiresAt: number } },
): string {
  const seconds = Math.max(1, Math.ceil((of.value.expiresAt - clock.now()) / 1000));
  return cookieHeader({ name: cookieOf(of.id), value, path: '/', seconds, secure });
}
