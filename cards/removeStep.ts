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

/** Longer names do not fit a button. */
const LONGEST = 40;

const render = presenter(template);

/** Asks for the customer's name before the removal: input `name`; `do` is submit or cancel. */
export const removeStepCard = ({ notUndone, problem = '', ...data }: RemoveStepData): Card =>
  render({
    ...data,
    notUndone: notUndone.map((left) => ({ left })),
    problem,
    remove: `Remove ${data.customer.length > LONGEST ? 'customer' : data.customer}`,
    speak: problem || `Remove ${data.customer}?`,
  });
