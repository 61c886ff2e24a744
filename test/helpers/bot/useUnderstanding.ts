import { commands } from '../../../bot/commands';
import { find, type Known } from '../../../bot/understanding/find';
import type { Candidates, Form, Question } from '../../../bot/understanding/form';
import { lexicon } from '../../../bot/understanding/languages';
import { take } from '../../../bot/understanding/take';
import { customerNamed, customersBeginning } from '../../../domain/customers/customersMeant';
import { permissionsOf } from '../../../domain/people/person';
import { sampleCustomer } from '../botWorld/sampleCustomer';
import { memoryStores, TestClock } from '../store/memoryStores';

/** What a text means: a command by its title, with its arguments or with what is asked to learn them. */
export interface Meaning {
  command: string;
  form: string;
  args?: object;
  ask?: Question;
}

export const MEGAN = '8c1f0a52-0000-4000-8000-000000000001';
const actor = { id: 'tess', name: 'Tess', permissions: permissionsOf(['admin']), conversationId: 'a:Tess' };

/** The product's understanding among customers of these names; the id of a customer is its name. */
export async function understanding(
  names: readonly string[],
  others: Partial<Candidates> = {},
): Promise<(text: string) => Promise<Meaning | undefined>> {
  const { customers } = memoryStores(new TestClock());
  for (const name of names) await customers.insert(name, { ...sampleCustomer(name), id: name });
  const idOf = ({ id, value: { name } }: { id: string; value: { name: string } }) => ({ id, name });
  const candidates: Candidates = {
    async customerNamed(text) {
      const found = await customerNamed(customers, actor, text);
      return found && idOf(found);
    },
    async customersBeginning(text) {
      const { found, more } = await customersBeginning(customers, actor, text);
      return { found: found.map(idOf), more };
    },
    latestCustomers: async () => names.slice(0, 5).map((name) => ({ id: name, name })),
    integrations: async () => [],
    mentioned: async () => undefined,
    personWithId: async () => undefined,
    ...others,
  };
  const known: Known = { lexicon, forms: FORMS, candidates };
  return async (text) => {
    const found = await find(text, known);
    if (!found) return undefined;
    const command = commands.find(({ forms }) => found.form in forms)?.title ?? '';
    return { command, form: found.form, ...(await take(found, known)) };
  };
}

const FORMS: Record<string, Form> = Object.assign({}, ...commands.map(({ forms }) => forms));
