import template from './integrations.json';
import { type Badge, type Card, presenter, rowsOf, shownState } from './shared/card';
import { listed } from './shared/format';

export interface IntegrationsData {
  rows: {
    id: string;
    name: string;
    state: Badge;
    /** The result and time of the last test. */
    test: string;
    paused: boolean;
  }[];
  problem?: string;
}

/** What can be done with one integration; the verb `integration` carries it. */
export const INTEGRATION_DEEDS = ['import', 'test', 'key', 'pause', 'resume', 'remove'] as const;
type Deed = (typeof INTEGRATION_DEEDS)[number];

const TITLES: Record<Deed, string> = {
  import: 'Import',
  test: 'Test again',
  key: 'Replace key',
  pause: 'Pause',
  resume: 'Resume',
  remove: 'Remove',
};
const PER_ROW = 3;

const render = presenter(template);

/**
 * The accounts with organizations, what can be done with each (verb `integration`), and two buttons to add
 * one.
 */
export const integrationsCard = ({ rows, problem = '' }: IntegrationsData): Card =>
  render({
    problem,
    speak:
      problem ||
      `Integrations: ${
        listed(
          rows.map(({ name }) => name),
          3,
        ) || 'none yet'
      }`,
    rows: rows.map(rowOf),
  });

function rowOf({ id, name, state, test, paused }: IntegrationsData['rows'][number]) {
  const deeds: Deed[] = paused ? ['resume', 'key', 'remove'] : ['import', 'test', 'key', 'pause', 'remove'];
  const buttons = deeds.map((deed) => ({ title: TITLES[deed], data: { integrationId: id, do: deed } }));
  const rows = rowsOf(buttons, PER_ROW).map((row) => ({ buttons: row }));
  return { name, ...shownState(state), test, buttonRows: rows };
}
