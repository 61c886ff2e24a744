import { activeCustomer } from '../../../domain/customers/changeCustomer';
import { removeCustomer } from '../../../domain/customers/removeCustomer';
import { renameCustomer } from '../../../domain/customers/renameCustomer';
import { StoreUnavailable } from '../../../domain/errors';
import { addPerson, removePerson } from '../../../domain/people/people';
import type { Stores } from '../../../domain/stores/stores';
import { confirmTenant } from '../../../domain/tenants/confirmTenant';
import { tenantQuestion } from '../../../domain/tenants/tenantQuestion';
import { verifySignIn } from '../../../domain/tenants/verifySignIn';
import { actor, type SignInWorld, signInToCode, signInWorld } from '../../helpers/cloud/signInWorld';

const PERSON = '00000000-0000-4000-8000-0000000000cc';
const ada = actor('ada', 'admin');

let world: SignInWorld;
beforeEach(async () => {
  world = await signInWorld();
});

const records = async (action: string) =>
  (await world.deps.stores.audit.list({ limit: 100 })).items
    .map(({ value }) => value)
    .filter((record) => record.action === action);

/** The write is done, and its answer never comes. */
function unanswered<S extends Stores[keyof Stores]>(store: S, method: 'replace' | 'remove'): S {
  const lost = async (...args: never[]) => {
    await (store[method] as (...given: never[]) => Promise<unknown>).call(store, ...args);
    throw new StoreUnavailable('the answer was lost');
  };
  return Object.assign(Object.create(store), { [method]: lost });
}

const once = () => ({ ...world.deps, firstAdmins: [] });
const lostCustomers = () => ({
  ...once(),
  stores: { ...once().stores, customers: unanswered(world.deps.stores.customers, 'replace') },
});

const removal = { customerId: 'contoso', typedName: 'Contoso', requestId: 'r' };
const rename = { customerId: 'contoso', name: 'Contoso Group', requestId: 'r' };
const person = { objectId: PERSON, requestId: 'r' };
const code = async () => ({
  conversationKey: 'chat',
  customerId: 'contoso',
  code: await signInToCode(world),
  requestId: 'r',
});

test.each([
  [
    'customer.remove',
    async () => {
      const work = (deps: ReturnType<typeof once>) => removeCustomer(deps, ada, removal);
      return { first: () => work(lostCustomers()), again: () => work(once()) };
    },
    { before: 'active', after: 'removed' },
  ],
  [
    'customer.rename',
    async () => {
      const work = (deps: ReturnType<typeof once>) => renameCustomer(deps, ada, rename);
      return { first: () => work(lostCustomers()), again: () => work(once()) };
    },
    { before: 'Contoso', after: 'Contoso Group' },
  ],
  [
    'tenant.connect',
    async () => {
      const verified = await verifySignIn(once(), world.tess, await code());
      if (verified.outcome !== 'proposed') throw new TypeError(verified.outcome);
      const contoso = await activeCustomer(world.deps.stores.customers, 'contoso');
      const { seen } = await tenantQuestion(once(), contoso, verified.proposal);
      const answer = { customerId: 'contoso', proposalId: verified.proposal.id, seen };
      const work = (deps: ReturnType<typeof once>) =>
        confirmTenant(deps, world.tess, answer, async () => undefined);
      return { first: () => work(lostCustomers()), again: () => work(once()) };
    },
    { target: 'Contoso' },
  ],
  [
    'person.remove',
    async () => {
      await addPerson(once(), ada, { objectId: PERSON, name: 'Pat', role: 'technician', requestId: 'add' });
      const work = (deps: ReturnType<typeof once>) => removePerson(deps, ada, person);
      const lost = {
        ...once(),
        stores: { ...once().stores, people: unanswered(world.deps.stores.people, 'remove') },
      };
      return { first: () => work(lost), again: () => work(once()) };
    },
    { target: 'Pat', before: 'technician' },
  ],
] as const)(
  '%s whose answer was lost is not called failed, and a repeat settles its record',
  async (action, prepared, kept) => {
    const { first, again } = await prepared();
    await expect(first()).rejects.toThrow('the answer was lost');
    expect(await records(action)).toMatchObject([{ ...kept, outcome: 'started' }]);
    await again();
    expect(await records(action)).toMatchObject([{ ...kept, outcome: 'done' }]);
  },
);
