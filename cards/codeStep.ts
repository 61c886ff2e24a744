import type { Card, StepAddress } from './card';
import { presenter } from './card';
import template from './codeStep.json';

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
