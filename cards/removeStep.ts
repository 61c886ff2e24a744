import template from './removeStep.json';
import { type Card, presenter, type StepData } from './shared/card';

export interface RemoveStepData extends Omit<StepData, 'canGoBack'> {
  /** The customer's name, which the person must type. */
  customer: string;
  /** What the removal leaves unchanged, one sentence each. */
  notUndone: string[];
  /** For how many days the customer can be restored. */
  days: number;
}

const render = presenter(template);

/** Asks for the customer's name before the removal: input `name`; `do` is submit or cancel. */
export const removeStepCard = ({ notUndone, problem = '', ...data }: RemoveStepData): Card =>
  render({
    ...data,
    notUndone: notUndone.map((left) => ({ left })),
    problem,
    speak: problem || `Remove ${data.customer}?`,
  });
