import template from './nameStep.json';
import { type Card, presenter, type StepData } from './shared/card';

export interface NameStepData extends StepData {
  title: string;
  intro: string;
  /** The text in the field; empty for none. */
  name: string;
  /** The title of the button that goes on. */
  submit: string;
}

const render = presenter(template);

/** Asks for a customer's name: input `name`; `do` is submit, back or cancel. */
export const nameStepCard = ({ title, problem = '', ...data }: NameStepData): Card =>
  render({ ...data, heading: title, speak: problem || title, problem });
