import { z } from 'zod';
import type { HttpRequest, HttpResponse } from '../domain/http';
import { type OwnerDeps, openForOwner } from '../domain/links/useLink';
import type { ReturnedQuery } from '../domain/tenants/ports';
import { refusedSignIn } from '../domain/tenants/refusals/refusalWords';
import { type BrowserStep, finishConsent, finishSignIn } from '../domain/tenants/signIn/finishSignIn';
import { openSignIn } from '../domain/tenants/signIn/openSignIn';
import type { SignInDeps } from '../domain/tenants/signIn/refuseSignIn';
import { signInLink } from '../domain/tenants/signIn/signInLink';
import { FOREIGN } from '../domain/tenants/signIn/signInSentences';
import { checked, cookieHeader, endpointsOf, handleSchema, type LinkPage } from './page';
import { script } from './pageScript';
import { beginPage, codePage, leavingPage, redirect, refusalPage } from './pages';
import { SIGN_IN_SCRIPT } from './signInScript';

export type SignInPageDeps = SignInDeps &
  OwnerDeps & {
    /** The text of @microsoft/teams-js, which we serve from our own origin. */
    teamsJs: string;
    /**
     * Takes the answer to a sign-in of the MSP's own people, which comes to the same address. Returns
     * undefined for any other answer.
     */
    staffReturned?(request: HttpRequest, query: ReturnedQuery): Promise<HttpResponse | undefined>;
    /** False only while the public address is plain http on loopback. */
    secureCookies: boolean;
  };

/** The cookie that binds a sign-in to the browser that opened it first. */
const COOKIE = 'keyturn-signin';

const { path: START, lifeMs, words } = signInLink;
const face = { refusal: refusalPage, microsoft: refusedSignIn, again: 'start again in the chat' };
const BEGIN = {
  title: 'Connect Microsoft 365',
  lines: [
    'Sign in as a Global Administrator of the company that you want to connect, and accept the permissions at Microsoft. Keyturn never sees the password.',
    'The link works for ten minutes, in the browser that goes on from here.',
  ],
  button: 'Go on to Microsoft',
};

/** Words that explain the answer: we keep their beginning, which says what it is. */
const errorText = z
  .string()
  .transform((text) => text.slice(0, 4096))
  .optional();

const returnedSchema = z.object({
  state: z.string().max(200).optional(),
  code: z.string().max(8192).optional(),
  error: errorText,
  error_description: errorText,
  error_subcode: errorText,
});

/**
 * The browser's side of connecting a tenant. Every page ends in a sentence or a code; the query never decides
 * where a page leads.
 */
export function createSignInPage(deps: SignInPageDeps): LinkPage {
  const { get, post } = endpointsOf(deps, face);
  return {
    policy: signInLink,
    title: BEGIN.title,
    face,
    endpoints: [
      get(START, async ({ query }) => {
        const { h: handle } = checked(handleSchema, query, words.notOpen);
        await openForOwner(deps, signInLink, handle);
        return beginPage({ ...BEGIN, action: START, handle });
      }),
      post(START, (request) => begun(deps, request)),
      get('/signin/callback', async (request) => {
        const back = returned(request);
        const staff = await deps.staffReturned?.(request, back.query);
        return staff ?? next(deps, await finishSignIn(deps, back));
      }),
      get('/signin/consent', async (request) => next(deps, await finishConsent(deps, returned(request)))),
      get('/signin/page.js', async () => script(SIGN_IN_SCRIPT)),
      get('/signin/teams-js.js', async () => script(deps.teamsJs)),
    ],
  };
}

async function begun(deps: SignInPageDeps, { body, cookies }: HttpRequest): Promise<HttpResponse> {
  const { h: handle } = checked(handleSchema, body, words.notOpen);
  const { cookie, redirectTo } = await openSignIn(deps, { handle, cookie: cookies[COOKIE] });
  return { ...leavingPage(redirectTo), cookies: [boundBy(deps, cookie, lifeMs / 1000)] };
}

const returned = ({ query, cookies }: HttpRequest) => ({
  query: checked(returnedSchema, query, FOREIGN),
  cookie: cookies[COOKIE],
});

const next = (deps: SignInPageDeps, step: BrowserStep): HttpResponse =>
  step.outcome === 'consent'
    ? redirect(step.redirectTo)
    : { ...signedInPage(step), cookies: [boundBy(deps, '', 0)] };

const signedInPage = ({
  customerName,
  code,
  expiresAt,
}: Extract<BrowserStep, { outcome: 'code' }>): HttpResponse =>
  codePage({
    title: 'Signed in',
    heading: `Signed in for ${customerName}`,
    lines: ['One step is left: this code shows in the chat that it was you.'],
    code,
    expiresAt,
  });

const boundBy = ({ secureCookies: secure }: SignInPageDeps, value: string, seconds: number): string =>
  cookieHeader({ name: COOKIE, value, path: '/signin', seconds, secure });
