import { customerNamed, customersBeginning } from '../../../domain/customers/customersMeant';
import { listCustomers } from '../../../domain/customers/listCustomers';
import { namedIntegrations } from '../../../domain/integrations/listIntegrations';
import type { Stored } from '../../../domain/ports';
import { whoMayNot } from '../../access/hearing';
import { mentionedPerson } from '../../access/mentions';
import type { AppDeps } from '../../appDeps';
import type { Turn } from '../../turns/turn';
import type { Candidates } from '../../understanding/form';

const LATEST = 5;

/**
 * What this person may name in this conversation. Customers are found only where everybody who reads along
 * may see them, so that no answer tells a stranger whether somebody is a customer.
 */
export function candidatesFor(turn: Turn, deps: AppDeps): Candidates {
  const { actor } = turn;
  const { customers, people } = deps.stores;
  const mayName = once(async () => actor.permissions.has('customers.read') && !(await whoMayNot(turn, deps)));
  return {
    async customerNamed(text) {
      const found = (await mayName()) ? await customerNamed(customers, actor, text) : undefined;
      return found && named(found);
    },
    async customersBeginning(text) {
      if (!(await mayName())) return { found: [], more: false };
      const { found, more } = await customersBeginning(customers, actor, text);
      return { found: found.map(named), more };
    },
    async latestCustomers() {
      if (!(await mayName())) return [];
      const { items } = await listCustomers(customers, actor, { sort: 'changed' });
      return items.slice(0, LATEST).map(named);
    },
    integrations: async () =>
      actor.permissions.has('organizations.import') ? namedIntegrations(deps, actor) : [],
    mentioned: () => mentionedPerson(turn, deps.members),
    personWithId: async (id) => (await people.get(id))?.value.name,
  };
}

const named = ({ id, value: { name } }: Stored<{ name: string }>) => ({ id, name });

/** The answer of the first call, for all calls of one turn. */
function once<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}
