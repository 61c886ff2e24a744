import { type Fact, factsOf } from './fragments/facts';
import { headerOf } from './fragments/header';
import { type Button, moreOf } from './fragments/more';
import template from './question.json';
import { type Card, presenter, type Tone } from './shared/card';
import type { Text } from './shared/time';

export interface QuestionData {
  heading: string;
  /** Whose, or where. */
  about: string;
  tone: Tone;
  /** What it means, and what each answer does; or what came of it. */
  lead: Text;
  /** What people compare or need to know before they answer. */
  groups: { title: string; facts: Fact[] }[];
  /** None: it is answered. */
  buttons: Button[];
}

const render = presenter(template);

/** Asks people of the MSP to decide something; the same card shows the answer later. */
export const questionCard = ({ heading, about, tone, lead, groups, buttons }: QuestionData): Card =>
  render({
    ...headerOf({ heading: `${heading}: ${about}`, tone }),
    speak: `${heading}: ${about}.`,
    lead,
    groups: groups.map(({ title, facts }) => ({ title, facts: factsOf(facts) })),
    buttons: moreOf(buttons),
  });
