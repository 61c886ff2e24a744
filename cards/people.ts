import template from './people.json';
import { type Card, presenter } from './shared/card';
import { listed } from './shared/format';

export interface PeopleData {
  people: {
    id: string;
    name: string;
    /** In words, such as 'admin and technician'. */
    roles: string;
    /** Named in the settings, so the card cannot remove the person. */
    fromSettings: boolean;
  }[];
  roles: { value: string; title: string }[];
  problem?: string;
}

const render = presenter(template);

/**
 * The people who may use the bot: a remove button for each (verb `removePerson`), and a form (verb
 * `addPerson`, inputs `objectId`, `role`).
 */
export const peopleCard = ({ problem = '', ...data }: PeopleData): Card =>
  render({
    ...data,
    problem,
    speak:
      problem ||
      `People: ${
        listed(
          data.people.map(({ name }) => name),
          3,
        ) || 'nobody yet'
      }`,
  });
