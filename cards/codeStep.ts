import template from './codeStep.json';
import { type Card, presenter, type StepData } from './shared/card';

export interface CodeStepData extends StepData {
  /** The customer's name. */
  customer: string;
  /** Whether the sign-in page was already opened. */
  opened: boolean;
}

const render = presenter(template);

/** Appears beside the sign-in card: input `code`; `do` is submit, newLink, back or cancel. */
export const codeStepCard = ({ problem = '', ...data }: CodeStepData): Card =>
  render({ ...data, problem, speak: problem || 'Enter the sign-in code' });
