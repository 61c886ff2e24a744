import template from './hostStep.json';
import type { Card, StepAddress } from './shared/card';
import { plain, presenter } from './shared/card';

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
