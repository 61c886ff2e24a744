import type { Card, StepAddress } from './card';
import { presenter } from './card';
import template from './removeStep.json';

export interface RemoveStepData {
  at: StepAddress;
  /** The customer's name, to be typed in. */
  customer: string;
  /** What removing leaves behind, one sentence each. */
  notUndone: string[];
  /** For how many days it can be restored. */
  days: number;
  problem?: string;
}

const render = presenter(template);

/** Asks for the typed name before a customer is removed: input `name`; `do` is submit or cancel. */
export const removeStepCard = ({ notUndone, problem = '', ...data }: RemoveStepData): Card =>
  render({ ...data, notUndone: notUndone.map((left) => ({ left })), problem });
