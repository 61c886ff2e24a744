import { MicrosoftRefused, type RefusalMarks } from './microsoftRefused';
import { REFUSALS } from './refusalTable';

/** What a refusal of Microsoft means when Keyturn asks on its own, and what to do about it. */
export interface RefusalWords {
  finding: string;
  cure: string;
}

/** Words for whatever was thrown: what is no refusal of Microsoft is one for no known reason. */
export function refusalWords(error: unknown): RefusalWords {
  const refused = error instanceof MicrosoftRefused ? error : new MicrosoftRefused('other');
  const { finding, cure } = REFUSALS[refused.refusal].alone ?? OTHER;
  return { finding: `${finding}${noted(refused.marks)}`, cure: timed(cure, refused.waitMs) };
}

const OTHER = {
  finding: 'Microsoft refused this.',
  cure: 'Test again; the sign-in log of the customer’s Entra says more.',
};

/** To the person whose sign-in or consent was refused. */
export const refusedSignIn = ({ refusal, marks, waitMs }: MicrosoftRefused): string =>
  `${timed(REFUSALS[refusal].signIn, waitMs)}${noted(marks)}`;

/** What to look it up by, to be copied. */
function noted({ number, correlationId, at }: RefusalMarks): string {
  const found = [
    number && `AADSTS${number}`,
    correlationId && `correlation id ${correlationId}`,
    at?.replace('Z', ' UTC'),
  ].filter(Boolean);
  return number || correlationId ? ` (Microsoft says: ${found.join(', ')}.)` : '';
}

const timed = (sentence: string, waitMs: number | undefined): string =>
  waitMs === undefined ? sentence : sentence.replace('in some minutes', `in ${lasting(waitMs)}`);

const lasting = (ms: number): string =>
  ms <= 90_000 ? counted(Math.ceil(ms / 1000), 'second') : counted(Math.ceil(ms / 60_000), 'minute');

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
