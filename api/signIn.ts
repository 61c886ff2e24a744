import { z } from 'zod';
import { KeyturnError, StoreUnavailable } from '../domain/errors';
import type { Endpoint, HttpRequest, HttpResponse } from '../domain/http';
import { type BrowserStep, finishConsent, finishSignIn } from '../domain/tenants/finishSignIn';
import { openSignIn, peekSignIn } from '../domain/tenants/openSignIn';
import { MicrosoftRefused } from '../domain/tenants/refusals/microsoftRefused';
import { refusedSignIn } from '../domain/tenants/refusals/refusalWords';
import { SIGN_IN_MS, type SignInDeps } from '../domain/tenants/signInAttempt';
import { FOREIGN, NOT_OPEN } from '../domain/tenants/signInSentences';
import { ERROR_STATUS } from './errorStatus';
import { beginPage, codePage, leavingPage, redirect, refusalPage, script } from './pages';
import { SIGN_IN_SCRIPT } from './signInScript';

export interface SignInEndpointDeps extends SignInDeps {
  /** The text of @microsoft/teams-js, served from our own origin. */
  teamsJs: string;
  /**
   * Takes the answer to a sign-in of our own people, which comes to the same address; undefined for any
   * other.
   */
  staffReturned?(
    request: HttpRequest,
    query: z.output<typeof returnedSchema>,
  ): Promise<HttpResponse | undefined>;
  /** False only while the public address is plain http on loopback. */
  secureCookies: boolean;
}

/** The cookie that binds a sign-in to the browser that opened it first. */
const COOKIE = 'keyturn-signin';

const START = '/signin/start';
const FORM_BYTES = 1024;
const BEGIN = {
  title: 'Connect Microsoft 365',
  lines: [
    'Sign in with a Global Administrator of the company that is to be connected, and accept the permissions at Microsoft. Keyturn never sees the password.',
    'The link works for ten minutes, in the browser that goes on from here.',
  ],
  button: 'Go on to Microsoft',
};

const startSchema = z.object({ h: z.string().min(20).max(100) });

/** Words beside the answer: however long they are, their beginning says what it is. */
const told = z
  .string()
  .transform((text) => text.slice(0, 4096))
  .optional();

const returnedSchema = z.object({
  state: z.string().max(200).optional(),
  code: z.string().max(8192).optional(),
  error: told,
  error_description: told,
  error_subcode: told,
});

/** The address of the sign-in button for a handle. */
export const signInLink = (publicUrl: string, handle: string): string =>
  `${publicUrl}${START}?h=${encodeURIComponent(handle)}`;

/** The browser's side of connecting a tenant. Every page ends in a sentence or a code; where it leads to is never read from the query. */
export const createSignInEndpoints = (deps: SignInEndpointDeps): Endpoint[] => [
  page(deps, START, async ({ query }) => {
    const { h: handle } = checked(startSchema, query, NOT_OPEN);
    await peekSignIn(deps, handle);
    return beginPage({ ...BEGIN, action: START, handle });
  }),
  {
    ...page(deps, START, async ({ body, cookies }) => {
      const { h: handle } = checked(startSchema, body, NOT_OPEN);
      const { cookie, redirectTo } = await openSignIn(deps, { handle, cookie: cookies[COOKIE] });
      return { ...leavingPage(redirectTo), cookies: [cookieHeader(deps, cookie, SIGN_IN_MS / 1000)] };
    }),
    method: 'POST',
    form: { mostBytes: FORM_BYTES },
  },
  page(deps, '/signin/callback', async (request) => {
    const back = returned(request);
    return (await deps.staffReturned?.(request, back.query)) ?? next(deps, await finishSignIn(deps, back));
  }),
  page(deps, '/signin/consent', async (request) => next(deps, await finishConsent(deps, returned(request)))),
  page(deps, '/signin/page.js', async () => script(SIGN_IN_SCRIPT)),
  page(deps, '/signin/teams-js.js', async () => script(deps.teamsJs)),
];

function page(
  deps: SignInEndpointDeps,
  path: string,
  handle: (request: HttpRequest) => Promise<HttpResponse>,
): Endpoint {
  return {
    method: 'GET',
    path,
    auth: 'open',
    handle: (request) => handle(request).catch((error) => failed(deps, request, error)),
  };
}

const returned = ({ query, cookies }: HttpRequest) => ({
  query: checked(returnedSchema, query, FOREIGN),
  cookie: cookies[COOKIE],
});

function checked<S extends z.ZodType>(schema: S, query: unknown, sentence: string): z.output<S> {
  const result = schema.safeParse(query);
  if (!result.success) throw new KeyturnError('notFound', sentence);
  return result.data;
}

const next = (deps: SignInEndpointDeps, step: BrowserStep): HttpResponse =>
  step.outcome === 'consent'
    ? redirect(step.redirectTo)
    : { ...codePage(step), cookies: [cookieHeader(deps, '', 0)] };

const cookieHeader = ({ secureCookies }: SignInEndpointDeps, value: string, maxAgeSeconds: number): string =>
  `${COOKIE}=${value}; Path=/signin; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secureCookies ? '; Secure' : ''}`;

/** A known error is its sentence; of an unknown one the browser learns a reference alone. */
function failed(deps: SignInEndpointDeps, { requestId, path }: HttpRequest, error: unknown): HttpResponse {
  if (error instanceof KeyturnError) return refusalPage(ERROR_STATUS[error.code], error.sentence);
  if (error instanceof MicrosoftRefused) {
    deps.log.warn({ requestId, refusal: error.refusal, ...error.marks }, 'sign-in refused');
    return refusalPage(502, refusedSignIn(error));
  }
  deps.log.error({ requestId, path, err: error }, 'sign-in page failed');
  const wait = error instanceof StoreUnavailable ? 'Wait a minute, then start' : 'Start';
  return refusalPage(500, `Something went wrong. ${wait} again in the chat. Reference: ${requestId}.`);
}
