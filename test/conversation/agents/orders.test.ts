import type { Agent } from '../../../domain/agents/agent';
import { buttonsOf, textOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import { enrolledAgent } from '../../helpers/botWorld/enrolledAgent';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
let customerId: string;

beforeEach(async () => {
  customerId = await addsCustomer(world.seat(world.site.tess), 'Contoso');
});

const enrolled = (id: string, more: Partial<Agent> = {}): Promise<void> =>
  enrolledAgent(world.bot, { customerId, id, now: world.site.clock.now() }, more);

test('a failed order is shown until a later order is done', async () => {
  await enrolled('dc1');
  const now = world.site.clock.now();
  const order = { agentId: 'dc1', customerId, verb: 'deltaSync', expiresAt: now + 9e6 } as const;
  const failed = { state: 'failed', issuedAt: now, finding: 'It is suspended. Close the wizard.' } as const;
  await world.bot.stores.agentOrders.insert('o1', { ...order, ...failed });
  const tess = world.seat(world.site.tess);
  expect((await tess.says('agents contoso')).text).toMatch(
    /The delta sync of .* failed\. It says: “It is suspended\. Close the wizard\.”/,
  );
  await world.bot.stores.agentOrders.insert('o2', { ...order, state: 'done', issuedAt: now + 1 });
  expect((await tess.says('agents contoso')).text).not.toContain('failed');
});

test('an order whose agent ended in the middle is not shown as failed', async () => {
  await enrolled('dc1');
  const now = world.site.clock.now();
  const order = { agentId: 'dc1', customerId, verb: 'deltaSync', issuedAt: now, expiresAt: now } as const;
  const ended = { state: 'failed', mayBeDone: true, finding: 'Look there.' } as const;
  await world.bot.stores.agentOrders.insert('o1', { ...order, ...ended });
  expect((await world.seat(world.site.tess).says('agents contoso')).text).toMatch(
    /The delta sync of .* may have been done, or not\. It says: “Look there\.”/,
  );
});

test('a delta sync may be ordered of an Microsoft Entra Connect that was not ready at the last look', async () => {
  const connect = { state: 'suspended', finding: 'The scheduler is suspended.' } as const;
  await enrolled('dc1', {
    health: { directory: { state: 'reading' }, connect, eventLog: { state: 'read' } },
  });
  const tess = world.seat(world.site.tess);
  await tess.says('agents contoso');
  const seen = await tess.clicks(tess.card, 'Delta sync now');
  expect(textOf(seen.card)).toContain('ordered on DC1');
});

test('an approver can neither revoke nor order', async () => {
  await enrolled('dc1');
  const abe = world.seat(world.site.abe);
  await abe.says('agents contoso');
  expect(abe.reads).not.toContain('[Revoke]');
  for (const order of [{ do: 'revoke', agentId: 'dc1' }, { do: 'deltaSync' }, { do: 'inventory' }]) {
    const seen = await abe.executes({
      type: 'Action.Execute',
      verb: 'agent',
      data: { customerId, ...order },
    });
    expect(seen.text).toContain('may not');
  }
  expect((await world.bot.stores.agents.get('dc1'))?.value.state).toBe('online');
  expect((await world.bot.stores.agentOrders.list({ limit: 10 })).items).toEqual([]);
});

test('a delta sync is ordered once where Microsoft Entra Connect is ready; without one the bot says so', async () => {
  await enrolled('dc1');
  await enrolled('dc2', {
    health: {
      directory: { state: 'reading' },
      connect: { state: 'notInstalled' },
      eventLog: { state: 'read' },
    },
  });
  const tess = world.seat(world.site.tess);
  await tess.says('agents contoso');
  const seen = await tess.clicks(tess.card, 'Delta sync now');
  expect(textOf(seen.card)).toContain('ordered on DC1');
  await tess.clicks(tess.card, 'Delta sync now');
  const { items } = await world.bot.stores.agentOrders.list({ limit: 10 });
  expect(items.map(({ value }) => [value.agentId, value.verb])).toEqual([['dc1', 'deltaSync']]);
});

test('no order is offered of an agent that is offline, and an old card’s button says what goes on', async () => {
  await enrolled('aadc1');
  const tess = world.seat(world.site.tess);
  await tess.says('agents contoso');
  const { card } = tess;
  const known = await world.bot.stores.agents.get('aadc1');
  if (!known) throw new TypeError('no agent');
  await world.bot.stores.agents.replace(known, { ...known.value, state: 'offline' });
  expect(textOf((await tess.clicks(card, 'Delta sync now')).card)).toContain(
    'Entra Connect still syncs by itself',
  );
  await tess.says('agents contoso');
  expect(buttonsOf(tess.card.card)).not.toEqual(expect.arrayContaining(['Delta sync now']));
  expect(buttonsOf(tess.card.card)).not.toEqual(expect.arrayContaining(['Read users again']));
  expect((await world.bot.stores.agentOrders.list({ limit: 10 })).items).toEqual([]);
});
