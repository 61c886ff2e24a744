import template from './organizationStep.json';
import { type Card, presenter, type StepData } from './shared/card';

export interface OrganizationStepData extends StepData {
  /** The typed name. */
  name: string;
  /** At most 6. */
  rows: { name: string; integration: string; statusName?: string }[];
  /** How many more of that name have a customer already; they are not offered. */
  linked: number;
}

const render = presenter(template);

/**
 * Offers the organizations that match a typed name: `do` is submit with `pick` (a row's number, or `none`),
 * back or cancel.
 */
export const organizationStepCard = ({ rows, linked, problem = '', ...data }: OrganizationStepData): Card =>
  render({
    ...data,
    problem,
    speak: problem || 'Is it one of these organizations?',
    linked: linked > 0 ? `${linked} more ${linked === 1 ? 'has' : 'have'} a customer already.` : '',
    rows: rows.map(({ name, integration, statusName }, index) => ({
      name: name || '(without a name)',
      detail: [integration, statusName].filter(Boolean).join(' · '),
      data: { ...data.at, do: 'submit', pick: String(index) },
    })),
  });
