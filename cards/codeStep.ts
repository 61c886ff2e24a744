import template from './codeStep.json';
import { factsOf } from './fragments/facts';
import { headerOf } from './fragments/header';
import { moreOf } from './fragments/more';
import { stepButton, wayOut } from './fragments/stepButtons';
import { type Card, presenter, type StepData } from './shared/card';
import { dateTime, line } from './shared/time';

export interface CodeStepData extends StepData {
  heading: string;
  /** What the page does, and where its code goes. */
  intro: string;
  /** The button for another link. */
  newLink: string;
  /** The page has ended: why, and what an engineer finds in Microsoft's log. No code will come. */
  ended?: { heading: string; sentence: string; marks: { label: string; value: string; at?: number }[] };
}

const render = presenter(template);

/** Appears below the button of a page: input `code`; `do` is submit, newLink, back or cancel. */
export function codeStepCard({ heading, intro, newLink, ended, problem = '', ...data }: CodeStepData): Card {
  const marks = ended?.marks ?? [];
  const waits = !ended;
  return render({
    ...(ended
      ? headerOf({ heading: ended.heading, under: ended.sentence, tone: 'attention' })
      : headerOf({ heading, under: intro })),
    problem: waits ? problem : '',
    speak: ended ? `${ended.heading}: ${ended.sentence}` : problem || heading,
    next: marks.length > 0 ? 'For the sign-in log of the customer’s Microsoft Entra:' : '',
    facts: factsOf(marks.map(({ label, value, at }) => [label, at ? line`${dateTime(at)}` : value])),
    waits,
    buttons: moreOf([
      ...(waits ? [stepButton(data, 'Confirm code', { do: 'submit' }, CONFIRMS)] : []),
      stepButton(data, newLink, { do: 'newLink' }, waits ? {} : { style: 'positive' }),
      ...wayOut(data),
    ]),
  });
}

const CONFIRMS = { style: 'positive', sendsInputs: true } as const;
