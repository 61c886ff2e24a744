import template from './codeStep.json';
import { factsOf } from './fragments/facts';
import { headerOf } from './fragments/header';
import { type Button, moreOf } from './fragments/more';
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
  const shown = ended ? ended.sentence : problem;
  const marks = ended?.marks ?? [];
  return render({
    ...(ended
      ? headerOf({ heading: ended.heading, tone: 'attention' })
      : headerOf({ heading, under: intro })),
    problem: shown,
    speak: ended ? `${ended.heading}: ${ended.sentence}` : problem || heading,
    facts: factsOf(marks.map(({ label, value, at }) => [label, at ? line`${dateTime(at)}` : value])),
    next: marks.length > 0 ? 'These lead to the entry in the customer’s sign-in log in Microsoft Entra.' : '',
    waits: !ended,
    buttons: moreOf(buttonsOf(data, newLink, !ended)),
  });
}

function buttonsOf({ at, canGoBack }: StepData, newLink: string, waits: boolean): Button[] {
  const to = (deed: string) => ({ verb: 'dialog', data: { ...at, do: deed } });
  const confirm: Button = {
    ...to('submit'),
    title: 'Confirm code',
    style: 'positive',
    sendsInputs: true,
  };
  return [
    ...(waits ? [confirm] : []),
    { ...to('newLink'), title: newLink, ...(!waits && { style: 'positive' }) },
    ...(canGoBack ? [{ ...to('back'), title: 'Back' }] : []),
    { ...to('cancel'), title: 'Cancel' },
  ];
}
