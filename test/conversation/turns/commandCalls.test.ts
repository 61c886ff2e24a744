import type { Integration } from '../../../domain/integrations/integration';
import { nodesOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import type { Seat } from '../../helpers/botWorld/seat';
import { HUDU, useImports } from '../../helpers/botWorld/useImports';

const world = useImports();
const NAME = 'Northwind Traders';
const EARLIER = 'This button is from an earlier version';
const dataOf = (seat: Seat, title: string) =>
  nodesOf(seat.card.card).find((node) => String(node.title).startsWith(title))?.data;

let customerId: string;
beforeEach(async () => {
  customerId = await addsCustomer(world.seat(world.site.ada), NAME, 'activeDirectory');
});

describe('a command in the middle of a dialog', () => {
  it('travels with the question whether to leave, with the meaning of its words', async () => {
    const seat = world.seat(world.site.tess);
    await seat.says('add customer');
    await seat.says('customer northwind tr');
    expect(dataOf(seat, 'Discard')).toMatchObject({ command: 'customer', args: { customerId } });
    expect((await seat.clicks(seat.card, 'Discard')).text).toMatch(/Left: Add customer.*Northwind Traders/s);
  });

  it('with unclear words leads to a question after leaving', async () => {
    const seat = world.seat(world.site.tess);
    await seat.says('add customer');
    const asked = await seat.says('open Sesame Ltd');
    expect(asked.text).toContain('is not finished');
    expect(asked.text).not.toContain('No customer is called');
    expect(dataOf(seat, 'Discard')).toMatchObject({ command: 'customer', text: 'open Sesame Ltd' });
    expect((await seat.clicks(seat.card, 'Discard')).text).toContain('No customer is called “Sesame Ltd”');
  });

  it('keeps the mentioned person', async () => {
    const { ada, ned } = world.site;
    const seat = world.seat(ada, { id: '19:group', kind: 'groupChat' });
    world.site.microsoft.employs(ned);
    await seat.says('add customer');
    await seat.says('people add <at>Ned</at> approver', { mentions: [ned] });
    await seat.clicks(seat.card, 'Discard');
    expect((await world.bot.stores.people.get(ned.id ?? ''))?.value.roles).toEqual(['approver']);
  });
});

describe('a card of an earlier version', () => {
  const clicks = (seat: Seat, data: object) => seat.executes({ verb: 'command', data });

  it('may name the customer beside the command', async () => {
    const seat = world.seat(world.site.tess);
    expect((await clicks(seat, { command: 'customer', customerId })).text).toContain(NAME);
    await clicks(seat, { command: 'notify', customerId });
    const { items } = await world.bot.stores.subscriptions.list({ limit: 9 });
    expect(items.map(({ value }) => value.customers)).toEqual([[customerId]]);
  });

  it('may have words behind the command', async () => {
    const seat = world.seat(world.site.ada);
    expect((await clicks(seat, { command: 'integrations add hudu' })).text).toContain('Add Hudu');
    await seat.says('cancel');
    expect((await clicks(seat, { command: `import organizations ${HUDU}` })).text).toContain(
      `Reading the organizations of ${HUDU}`,
    );
  });

  it.each([{ command: 'customer Northwind Traders' }, { command: 'customer' }])(
    'that asks whether to leave for $command still works',
    async ({ command }) => {
      const seat = world.seat(world.site.tess);
      await seat.says('add customer');
      await seat.says('customers');
      const { run } = dataOf(seat, 'Discard') as { run: string };
      const data = { run, do: 'leave', command, ...(command === 'customer' && { customerId }) };
      expect((await seat.executes({ verb: 'leave', data })).text).toMatch(
        /Left: Add customer.*Northwind Traders.*Last change/s,
      );
    },
  );

  it('with a command that no longer exists says so, and leaves the dialog open', async () => {
    const seat = world.seat(world.site.tess);
    expect((await clicks(seat, { command: 'fly to the moon' })).text).toContain(EARLIER);
    await seat.says('add customer');
    await seat.says('customers');
    const { run } = dataOf(seat, 'Discard') as { run: string };
    const data = { run, do: 'leave', command: 'fly to the moon' };
    expect((await seat.executes({ verb: 'leave', data })).text).toContain(EARLIER);
    expect((await seat.says('Contoso')).text).toContain('Contoso');
  });
});

describe('a made-up card', () => {
  it.each([
    { command: 'customer', args: {} },
    { command: 'customer', args: { customerId: { $gt: '' } } },
    { command: 'integrations', args: { do: 'remove' } },
    { command: 'integrations', args: { do: 'fly', integrationId: 'hudu' } },
    { command: 'people', args: { do: 'add', who: 'x', role: 'owner' } },
    { command: 'notify', args: { stop: 'all' } },
    { command: 'customers', args: ['x'] },
  ])('with %j is rejected', async (data) => {
    const seat = world.seat(world.site.ada);
    const before = await world.changes();
    expect((await seat.executes({ verb: 'command', data })).text).toContain(
      'I couldn’t read what this card sent',
    );
    expect(await world.changes()).toEqual(before);
  });

  it.each([
    ['customer', { customerId: 'gone' }, 'not here any more'],
    ['import organizations', { integrationId: 'gone' }, 'That integration was removed'],
    ['refresh organizations', { integrationId: 'gone' }, 'That integration was removed'],
    ['integrations', { do: 'remove', integrationId: 'gone' }, 'That integration was removed'],
    ['people', { do: 'add', who: 'gone', role: 'admin' }, 'Choose a person, or type an address'],
  ])('“%s” with %j finds nothing, and changes nothing', async (command, args, sentence) => {
    const seat = world.seat(world.site.ada);
    const before = await world.changes();
    expect((await seat.executes({ verb: 'command', data: { command, args } })).text).toContain(sentence);
    expect(await world.changes()).toEqual(before);
  });
});

it('a button of an integration that is now paused reads from no other integration', async () => {
  const { integrations } = world.bot.stores;
  const hudu = await integrations.get('hudu');
  if (!hudu) throw new Error('Hudu is not there');
  const other: Integration = { ...hudu.value, name: 'Other Hudu', address: 'other.example' };
  await integrations.insert('other', other);
  const seat = world.seat(world.site.ada);
  await seat.says('import organizations');
  const choice = structuredClone(seat.card);
  await integrations.replace(hudu, { ...hudu.value, state: 'paused' });
  expect((await seat.clicks(choice, HUDU)).text).toContain(`${HUDU} is paused`);
  expect(await world.bot.stores.importRuns.count()).toBe(0);
});
