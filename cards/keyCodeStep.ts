import template from './keyCodeStep.json';
import type { Card, StepAddress } from './shared/card';
import { plain, presenter } from './shared/card';

export interface KeyCodeStepData {
  at: StepAddress;
  title: string;
  intro: string;
  problem?: string;
  canGoBack: boolean;
}

const render = presenter(template);

/** Appears beside the button of the key page: input `code`; `do` is submit, newLink, back or cancel. */
export const keyCodeStepCard = ({ title, problem = '', ...data }: KeyCodeStepData): Card =>
  render({ ...data, heading: plain(title), problem });
