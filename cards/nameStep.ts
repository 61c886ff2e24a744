import template from './nameStep.json';
import type { Card, StepAddress } from './shared/card';
import { plain, presenter } from './shared/card';

export interface NameStepData {
  at: StepAddress;
  title: string;
  intro: string;
  /** The text in the field; empty for none. */
  name: string;
  problem?: string;
  canGoBack: boolean;
  /** The title of the button that goes on. */
  submit: string;
}

const render = presenter(template);

/** Asks for a customer's name: input `name`; `do` is submit, back or cancel. */
export const nameStepCard = ({ title, problem = '', ...data }: NameStepData): Card =>
  render({ ...data, heading: plain(title), problem });
