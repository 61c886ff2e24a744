import template from './keyCodeStep.json';
import { type Card, presenter, type StepData } from './shared/card';

export interface KeyCodeStepData extends StepData {
  title: string;
  intro: string;
}

const render = presenter(template);

/** Appears beside the button of the key page: input `code`; `do` is submit, newLink, back or cancel. */
export const keyCodeStepCard = ({ title, problem = '', ...data }: KeyCodeStepData): Card =>
  render({ ...data, heading: title, speak: problem || title, problem });
