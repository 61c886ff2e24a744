import template from './choiceStep.json';
import { type Card, type Choice, explained, presenter, type StepData } from './shared/card';

export interface ChoiceStepData extends StepData {
  title: string;
  intro: string;
  choices: Choice[];
  /** The value of the choice that is selected at first. */
  chosen?: string;
  /** The title of the button that goes on. */
  submit: string;
}

const render = presenter(template);

/** Asks for one of a few explained choices: input `choice`; `do` is submit, back or cancel. */
export const choiceStepCard = ({
  title,
  choices,
  chosen = '',
  problem = '',
  ...data
}: ChoiceStepData): Card =>
  render({ ...data, heading: title, speak: problem || title, choices: explained(choices), chosen, problem });
