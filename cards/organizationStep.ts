import { headerOf } from './fragments/header';
import { moreOf } from './fragments/more';
import { rowOf } from './fragments/row';
import { stepButton, wayOut } from './fragments/stepButtons';
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
export const organizationStepCard = ({
  name,
  rows,
  linked,
  problem = '',
  ...data
}: OrganizationStepData): Card =>
  render({
    ...headerOf({
      heading: `Is ${name} one of these?`,
      under: 'Keyturn knows a linked customer by its organization, even if a name changes.',
    }),
    problem,
    speak: problem || `Is ${name} one of these organizations?`,
    linked: linked > 0 ? `${linked} more ${linked === 1 ? 'has' : 'have'} a customer already.` : '',
    rows: rows.map((row, index) => choiceOf(data, row, index)),
    buttons: moreOf([stepButton(data, 'Just the name', { do: 'submit', pick: 'none' }), ...wayOut(data)]),
  });

function choiceOf(
  data: Pick<StepData, 'at'>,
  { name, integration, statusName }: OrganizationStepData['rows'][number],
  index: number,
) {
  const { verb, data: answer } = stepButton(data, '', { do: 'submit', pick: String(index) });
  return rowOf({
    title: name || '(without a name)',
    under: [integration, statusName].filter(Boolean).join(' · '),
    open: { title: `Use ${name || 'this organization'}`, verb, data: answer },
  });
}
