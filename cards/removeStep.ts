import template from './removeStep.json';
import type { Card, StepAddress } from './shared/card';
import { presenter } from './shared/card';

export interface RemoveStepData {
  at: StepAddress;
  /** The customer's name, which the person must type. */
  customer: string;
  /** What the removal leaves unchanged, one sentence each. */
  notUndone: string[];
  /** For how many days the customer can be restored. */
  days: number;
  problem?: string;
}

const render = presenter(template);

/** Asks for the customer's name before the removal: input `name`; `do` is submit or cancel. */
export const removeStepCard = ({ notUndone, problem = '', ...data }: RemoveStepData): Card =>
  render({ ...data, notUndone: notUndone.map((left) => ({ left })), problem });
