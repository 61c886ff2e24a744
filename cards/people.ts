import { headerOf } from './fragments/header';
import { type Page, pagerOf } from './fragments/pager';
import template from './people.json';
import { type Card, presenter } from './shared/card';

export interface PeopleData extends Page {
  rows: readonly {
    id: string;
    /** The id, where nobody knows the name yet. */
    name: string;
    /** In words, such as 'Admin and technician'. */
    roles: string;
    /** Named in the settings, so the card cannot remove the person. */
    fromSettings: boolean;
  }[];
  roles: { value: string; title: string }[];
  /** What somebody filled in, when it was refused. */
  form?: { person: string; address: string; role: string; problem: string };
}

const render = presenter(template);
const EMPTY = { person: '', address: '', role: 'technician', problem: '' };

/**
 * The people who may use the bot: a button to remove each (verb `removePerson`), and a form (verb
 * `addPerson`, inputs `person` from Teams' people picker or `address`, and `role`).
 */
export function peopleCard({ form = EMPTY, roles, ...page }: PeopleData): Card {
  const { rows, total } = page;
  const news = `${total === 1 ? '1 person' : `${total} people`} may use Keyturn`;
  const pager = pagerOf(page, 'command', (to) => ({ command: 'people', args: { do: 'show', page: to } }));
  return render({
    ...headerOf({
      heading: 'People',
      under: rows.every(({ fromSettings }) => fromSettings)
        ? `${news}.`
        : `${news}. Choose a person to remove them.`,
    }),
    speak: form.problem || `${news}.`,
    people: rows.map(personOf),
    pages: rows.length < total ? [pager] : [],
    ...form,
    roles,
    filling: form.problem !== '',
    chosen: form.person ? [{ title: 'The person you chose', value: form.person }] : [],
  });
}

function personOf({ id, name, roles, fromSettings }: PeopleData['rows'][number], index: number) {
  const named = name !== id;
  const shown = named ? name : 'Name not known yet';
  const notes = [...(named ? [] : [id]), ...(fromSettings ? ['Named in the settings'] : [])];
  return {
    ...{ id, fromSettings, detail: `person${index}`, name: shown, note: notes.join(', ') },
    roles: fromSettings ? roles : `${roles} ›`,
    opens: `${shown}: remove or keep`,
    removes: `Remove ${shown}`,
  };
}
