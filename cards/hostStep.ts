import type { Card, StepAddress } from './card';
import { plain, presenter } from './card';
import template from './hostStep.json';

export interface HostStepData {
  at: StepAddress;
  title: string;
  intro: string;
  /** The text in the field; empty for none. */
  host: string;
  problem?: string;
  canGoBack: boolean;
  submit: string;
}

const render = presenter(template);

/** Asks for a server's host: input `host`; `do` is submit, back or cancel. */
export const hostStepCard = ({ title, problem = '', ...data }: HostStepData): Card =>
  render({ ...data, heading: plain(title), problem });
