import { MicrosoftRefused, namedMarks, type RefusalMarks } from './microsoftRefused';
import { REFUSALS, type SignInRefusal } from './refusalTable';

/** What Microsoft's refusal means when Keyturn asks on its own, and what to do about it. */
export interface RefusalWords {
  finding: string;
  cure: string;
}

/** The words for any error: an error that is not Microsoft's refusal counts as one without a known reason. */
export function refusalWords(error: unknown): RefusalWords {
  const refused = error instanceof MicrosoftRefused ? error : new MicrosoftRefused('other');
  const { finding, cure } = REFUSALS[refused.refusal].alone ?? OTHER;
  return { finding: `${finding}${noted(refused.marks)}`, cure: timed(cure, refused.waitMs) };
}

const OTHER = {
  finding: 'Microsoft refused this.',
  cure: 'Test again; the sign-in log of the customer’s Entra says more.',
};

/** The sentence for the person whose sign-in or consent was refused; its marks stand beside it. */
export const refusedSignIn = ({ refusal, waitMs }: MicrosoftRefused): string =>
  timed(REFUSALS[refusal].signIn, waitMs);

const NOT_LET_IN =
  'Your own company’s Microsoft Entra does not let you sign in to Keyturn’s app. Ask an administrator of your company to consent to it, or to assign you, then open the link again.';
const OWN_RULES =
  'Your own company’s rules for signing in were not met. Use a device and a place that they allow and finish the second step, then open the link again.';
const OF_STAFF: Partial<Record<SignInRefusal, string>> = {
  adminConsentNeeded: NOT_LET_IN,
  consentLost: NOT_LET_IN,
  appDisabled: NOT_LET_IN,
  notAssigned: NOT_LET_IN,
  conditionalAccess: OWN_RULES,
  deviceNeeded: OWN_RULES,
  mfaNeeded: OWN_RULES,
  unavailable: 'Microsoft’s sign-in did not answer. Open the link again in some minutes.',
  ourCredential:
    'Microsoft does not accept Keyturn’s own credential. Ask your Keyturn admin to renew the app’s secret or certificate.',
};

/** The sentence for one of the MSP's own people, whose sign-in for a link was refused. */
export const refusedStaff = ({ refusal, waitMs }: MicrosoftRefused): string =>
  timed(OF_STAFF[refusal] ?? 'Microsoft did not let you sign in. Open the link in the chat again.', waitMs);

/** The marks of a refusal as part of a sentence. */
export function noted(marks: RefusalMarks): string {
  const found = namedMarks(marks).map(({ label, value }) => `${label} ${value}`);
  return found.length > 0 ? ` (${found.join(', ')}.)` : '';
}

const timed = (sentence: string, waitMs: number | undefined): string =>
  waitMs === undefined ? sentence : sentence.replace('in some minutes', `in ${lasting(waitMs)}`);

const lasting = (ms: number): string =>
  ms <= 90_000 ? counted(Math.ceil(ms / 1000), 'second') : counted(Math.ceil(ms / 60_000), 'minute');

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
