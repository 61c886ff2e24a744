import type { Card } from './card';
import { presenter } from './card';
import template from './people.json';

export interface PeopleData {
  people: {
    id: string;
    name: string;
    /** In words, such as 'admin and technician'. */
    roles: string;
    /** Named in the settings: cannot be removed here. */
    fromSettings: boolean;
  }[];
  roles: { value: string; title: string }[];
  problem?: string;
}

const render = presenter(template);

/** Who may use the bot: a remove button each (verb `removePerson`) and a form (verb `addPerson`, inputs `objectId`, `role`). */
export const peopleCard = ({ problem = '', ...data }: PeopleData): Card => render({ ...data, problem });
