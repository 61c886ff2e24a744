import { z } from 'zod';
import { choiceStepCard } from '../cards/choiceStep';
import { codeStepCard } from '../cards/codeStep';
import { finishedCard } from '../cards/finished';
import type { Card } from '../cards/shared/card';
import { activeCustomer } from '../domain/customers/changeCustomer';
import { cancelLinks } from '../domain/links/code';
import { permitLink } from '../domain/links/issueLink';
import { permit } from '../domain/people/permit';
import type { Actor } from '../domain/people/person';
import { namedMarks } from '../domain/tenants/refusals/microsoftRefused';
import { tenantOf } from '../domain/tenants/runChecks';
import { signInLink } from '../domain/tenants/signIn/signInLink';
import { type SignInProgress, signInState } from '../domain/tenants/signIn/signInState';
import type { TenantProposal } from '../domain/tenants/tenantProposal';
import { type VerifyDeps, verifySignIn } from '../domain/tenants/verifySignIn';
import type { DialogDefinition, Say, Step, StepContext, StepResult } from './dialog';
import { type CodeAnswer, codeAnswer, wrongCode } from './steps/code';

interface Values {
  customerId: string;
  name: string;
  ownTenantMeant: boolean;
  /** The link that had ended when a new one was asked for. */
  past?: string;
}

export interface ConnectTenantDeps extends VerifyDeps {
  /** Tests the connection in the background; its card appears in this conversation. */
  startChecks(context: StepContext, customerId: string): Promise<void>;
  /** The card that asks whether this is the customer's tenant. */
  question(proposal: TenantProposal): Promise<Card>;
}

const TITLE = 'Connect Microsoft 365';
const ALONE =
  'The link for the sign-in is for you alone. Open our personal chat and type “connect office 365” with the customer’s name there.';

/**
 * The customer's administrator signs in and consents in a pop-up; the dialog accepts the code that proves who
 * came back.
 */
export function createConnectTenant(deps: ConnectTenantDeps): DialogDefinition<Values> {
  return {
    id: 'connectTenant',
    title: TITLE,
    permission: 'tenants.connect',
    alone: ALONE,
    setUpStep: 'microsoft365',
    kept: ({ name }) => `${name} is kept; its Microsoft 365 was not connected in this conversation.`,
    options: z.object({ customerId: z.string().max(100) }),
    async start({ customerId }: { customerId: string }, { actor }) {
      const { name } = (await activeCustomer(deps.stores.customers, customerId)).value;
      return withNewLink(deps, actor, { customerId, name, ownTenantMeant: false });
    },
    steps: { code: codeStep(deps), ownTenant: ownTenantStep(deps) },
  };
}

function codeStep(deps: ConnectTenantDeps): Step<Values> {
  return {
    ...codeAnswer('sign-in page'),
    waitsFor: 'signIn',
    left: ({ actor, conversationKey }) => cancelLinks(deps, signInLink, actor, conversationKey),
    async card({ name, past }, shown, { actor, conversationKey }) {
      const progress = await signInState(deps, actor, conversationKey);
      return codeStepCard({ ...shown, ...signInCode(name, progress, past) });
    },
    async handle(answer: CodeAnswer, values, context) {
      permit(context.actor, 'tenants.connect');
      if (answer.do === 'newLink') return newLink(deps, values, context);
      if (answer.do === 'submit') return verify(deps, answer.code, values, context);
      await cancelLinks(deps, signInLink, context.actor, context.conversationKey);
      return {
        stay: 'The sign-in window was closed before it was finished. Choose New sign-in link to try again.',
      };
    },
  };
}

/** What the step says: that it waits, or why the sign-in ended and what an engineer looks for. */
function signInCode(name: string, progress: SignInProgress, past: string | undefined) {
  const wait = progress.stage === 'waiting' || progress.stage === 'code' ? 'A sign-in is under way. ' : '';
  const code = {
    heading: `Sign in to ${name}`,
    intro: `${wait}The page shows six digits at its end. Keyturn gets them by itself. If not, type them.`,
    newLink: 'New sign-in link',
  };
  if (progress.stage !== 'ended' || progress.id === past) return code;
  if (progress.sentence === signInLink.code.cancelled) return code;
  const { sentence, marks = {} } = progress;
  return { ...code, ended: { heading: `${name} was not connected`, sentence, marks: namedMarks(marks) } };
}

/** A new button. After 'that is your own tenant', the dialog first asks whether that is intended. */
async function newLink(
  deps: ConnectTenantDeps,
  values: Values,
  context: StepContext,
): Promise<StepResult<Values>> {
  const before = await signInState(deps, context.actor, context.conversationKey);
  if (before.stage !== 'ended') return withNewLink(deps, context.actor, values, true);
  const asked = { ...values, past: before.id };
  return before.ownTenant
    ? { go: 'ownTenant', values: asked }
    : withNewLink(deps, context.actor, asked, true);
}

async function verify(
  deps: ConnectTenantDeps,
  code: string,
  values: Values,
  context: StepContext,
): Promise<StepResult<Values>> {
  const { actor, conversationKey, requestId } = context;
  const { customerId, name } = values;
  const verified = await verifySignIn(deps, actor, { conversationKey, customerId, code, requestId });
  if (verified.outcome === 'wrong') return wrongCode('sign-in page', verified.left);
  if (verified.outcome === 'ended') return { stay: `${verified.sentence} Choose New sign-in link.` };
  if (verified.outcome === 'notYet') return { stay: verified.sentence };
  if (verified.outcome === 'proposed') {
    const { username } = verified.proposal.admin;
    return {
      end: [{ card: signedIn(name, username) }, { card: await deps.question(verified.proposal) }],
      summary: `Signed in for ${name}. One question is left: is this its tenant?`,
    };
  }
  await deps.startChecks(context, customerId);
  const { username } = tenantOf(verified.customer.value).consentedBy;
  return {
    end: [],
    summary: `Signed in for ${name} as ${username}. The connection is being tested.`,
  };
}

function signedIn(name: string, username: string): Card {
  const line = `Signed in for ${name} as ${username}. One question is left before Keyturn uses this tenant.`;
  return finishedCard({ title: TITLE, lines: [line], tone: 'good' });
}

function ownTenantStep(deps: ConnectTenantDeps): Step<Values> {
  return {
    answer: z.object({ choice: z.enum(['other', 'own'], { message: 'Please choose one.' }) }),
    async card({ name }, shown) {
      const title = 'That was your own tenant';
      const intro = `The last sign-in was to your own company’s tenant. What should ${name} be connected to?`;
      const choices = [
        {
          value: 'other',
          title: 'The customer’s tenant',
          detail: 'sign in with an administrator of the customer',
        },
        {
          value: 'own',
          title: 'Our own tenant, on purpose',
          detail: 'manage your own company like a customer',
        },
      ];
      const texts = { title, intro, choices, chosen: 'other', submit: 'Next' };
      return choiceStepCard({ ...shown, ...texts, canGoBack: true });
    },
    async handle({ choice }: { choice: 'other' | 'own' }, values, { actor }) {
      return withNewLink(deps, actor, { ...values, ownTenantMeant: choice === 'own' });
    },
  };
}

/** Throws tryLater for a person who asked for too many links. */
async function withNewLink(
  deps: ConnectTenantDeps,
  actor: Actor,
  values: Values,
  again?: true,
): Promise<StepResult<Values>> {
  await permitLink(deps, signInLink, actor);
  const { customerId, name, ownTenantMeant } = values;
  const text = `Microsoft 365 (Office 365) of ${name}: sign in as a Global Administrator and accept the permissions. You never type a password to Keyturn.`;
  const link: Say['link'] = {
    kind: 'signIn',
    text,
    title: 'Sign in',
    customerId,
    ownTenantMeant,
    ...(again && { again }),
  };
  return { go: 'code', values, say: { link } };
}
