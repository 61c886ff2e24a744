import template from './codeStep.json';
import type { Card, StepAddress } from './shared/card';
import { presenter } from './shared/card';

export interface CodeStepData {
  at: StepAddress;
  /** The customer's name. */
  customer: string;
  problem?: string;
  /** Whether the sign-in page was already opened. */
  opened: boolean;
  canGoBack: boolean;
}

const render = presenter(template);

/** Appears beside the sign-in card: input `code`; `do` is submit, newLink, back or cancel. */
export const codeStepCard = ({ problem = '', ...data }: CodeStepData): Card => render({ ...data, problem });
