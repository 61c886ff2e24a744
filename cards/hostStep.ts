import template from './hostStep.json';
import { type Card, presenter, type StepData } from './shared/card';

export interface HostStepData extends StepData {
  title: string;
  intro: string;
  /** The text in the field; empty for none. */
  host: string;
  submit: string;
}

const render = presenter(template);

/** Asks for a server's host: input `host`; `do` is submit, back or cancel. */
export const hostStepCard = ({ title, problem = '', ...data }: HostStepData): Card =>
  render({ ...data, heading: title, speak: problem || title, problem });
