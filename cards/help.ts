import { headerOf } from './fragments/header';
import { rowOf } from './fragments/row';
import template from './help.json';
import { type Card, presenter } from './shared/card';

interface HelpRow {
  command: string;
  /** What it does, in one sentence. */
  says: string;
  /** What to type. */
  example: string;
}

export interface HelpData {
  /** The group that people use most comes first. */
  groups: { title: string; commands: HelpRow[] }[];
  /** Others read along. */
  shared: boolean;
  showsCustomers: boolean;
}

const FIRST = 5;
const OWN_WORDS =
  'Choose one, or type it in your own words, in English or German. A customer’s name alone opens it.';
const render = presenter(template);

/**
 * What people can type: five commands first, and the rest by group behind “Show all”. A click on a row
 * starts its command.
 */
export function helpCard({ groups, shared, showsCustomers }: HelpData): Card {
  const [first = { title: '', commands: [] }, ...others] = groups;
  const left = { ...first, commands: first.commands.slice(FIRST) };
  const rest = [left, ...others].filter(({ commands }) => commands.length > 0);
  const count = groups.flatMap(({ commands }) => commands).length;
  return render({
    speak: 'What I can do for you.',
    header: headerOf({
      heading: 'What I can do',
      under: shared ? 'Mention me and type one of these, in your own words.' : OWN_WORDS,
    }),
    elsewhere:
      shared && !showsCustomers
        ? [{ text: 'Not everybody here may see customers. Open our personal chat for more.' }]
        : [],
    first: first.commands.slice(0, FIRST).map(helpRow),
    rest: rest.map(({ title, commands }) => ({ title, rows: commands.map(helpRow) })),
    showAll: `Show all ${count}`,
  });
}

const helpRow = ({ command, says, example }: HelpRow) =>
  rowOf({
    title: example,
    under: says,
    open: { title: `${example}: ${says}`, verb: 'command', data: { command } },
  });
