import { headerOf } from './fragments/header';
import { type Button, commandButton, moreOf } from './fragments/more';
import { rowOf } from './fragments/row';
import template from './integrations.json';
import { type Badge, type Card, presenter } from './shared/card';
import type { Text } from './shared/time';

export interface IntegrationsData {
  rows: {
    id: string;
    name: string;
    state: Badge;
    /** The result and time of the last test. */
    test: Text;
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
/** Of one integration. */
const IN_SIGHT = 2;
const KEPT = 'API keys are stored encrypted and are not shown again.';

const render = presenter(template);

/**
 * The accounts with organizations, what can be done with each (verb `integration`), and two buttons to add
 * one.
 */
export const integrationsCard = ({ rows, problem = '' }: IntegrationsData): Card =>
  render({
    ...headerOf({
      heading: 'Integrations',
      under: rows.length > 0 ? KEPT : `None yet. Add the one that your team keeps its customers in. ${KEPT}`,
    }),
    problem,
    speak: problem || `Integrations: ${rows.map(({ name }) => name).join(', ') || 'none yet'}`,
    rows: rows.map(shownRow),
    add: moreOf([addButton('IT Glue', 'itglue'), addButton('Hudu', 'hudu')]),
  });

const addButton = (name: string, kind: string): Button =>
  commandButton(`Add ${name}`, { command: 'integrations', args: { do: 'add', kind } });

function shownRow({ id, name, state, test, paused }: IntegrationsData['rows'][number]) {
  const deeds: Deed[] = paused ? ['resume', 'key', 'remove'] : ['import', 'test', 'key', 'pause', 'remove'];
  const buttons = deeds.map(
    (deed): Button => ({
      title: TITLES[deed],
      verb: 'integration',
      data: { integrationId: id, do: deed },
      tooltip: `${TITLES[deed]}: ${name}`,
      ...(deed === 'remove' && { style: 'destructive' }),
    }),
  );
  return { ...rowOf({ title: name, state, under: test }), buttons: moreOf(buttons, IN_SIGHT) };
}
