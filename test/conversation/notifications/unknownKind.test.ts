import { digestFace, emptySum, summed } from '../../../bot/notifications/faces/digestFace';
import { noticeFace } from '../../../bot/notifications/faces/noticeFace';
import { noticeKinds } from '../../../bot/notifications/kinds';
import type { CustomerEvent } from '../../../domain/events/customerEvent';
import { newCard } from '../../../domain/notifications/delivery';
import { useNotices } from '../../helpers/bot/useNotices';

const { world, contoso, happened, cards, dispatch } = useNotices();

/** An event as a newer version writes it. */
const locked = (): CustomerEvent => {
  const at = world.site.clock.now();
  const facts = { kind: 'accountLocked', account: 'ann' } as unknown as CustomerEvent['facts'];
  return { customerId: contoso(), at, toldAt: at, privileged: false, facts, dueAt: at };
};
const { kind } = { kind: 'accountLocked' } as unknown as CustomerEvent['facts'];

test('a kind that only a newer version knows is told on a neutral card without a question', async () => {
  const { subscriptions } = world.bot.stores;
  const known = await subscriptions.get('a:Tess');
  if (!known) throw new Error('no subscription');
  await subscriptions.replace(known, { ...known.value, kinds: [...known.value.kinds, kind as 'agentBack'] });
  await happened({ id: 'one', value: locked() }, { id: 'two', value: locked() });
  await dispatch();
  expect(cards()).toHaveLength(1);
  expect(cards()[0]).toContain('Something happened (2 times)');
  expect(cards()[0]).not.toMatch(/password|it was us/i);
});

test('a card with a subject that only a newer version knows is left to that version', async () => {
  const { deliveries } = world.bot.stores;
  const now = world.site.clock.now();
  const subject = { kind: 'approval', id: '1' } as never;
  const card = newCard({ conversationId: 'a:Tess', subject, wanted: 1, dueAt: now }, now);
  await deliveries.insert('approval', card);
  await dispatch();
  expect(cards()).toEqual([]);
  const left = (await deliveries.get('approval'))?.value;
  expect(left).toMatchObject({ subject: { kind: 'approval', id: '1' }, state: 'held', wanted: 1 });
  expect(left?.dueAt).toBe(now + 60_000);
});

test('a digest counts an unknown kind beside the known ones', () => {
  const offline = { kind: 'agentOffline', agentId: 'a', agentName: 'DC1', since: 0, waiting: 0 } as const;
  const sum = summed(emptySum(), [locked(), { ...locked(), facts: offline }]);
  const { rows } = digestFace([{ customer: 'Contoso', sum }], 0);
  expect(rows).toEqual([{ title: 'Contoso', under: 'agent offline and 1 other event' }]);
});

test('a kind without its file does not compile', () => {
  const { agentBack: _left, ...others } = noticeKinds;
  // @ts-expect-error: each kind of event has a file in the list
  const incomplete: typeof noticeKinds = others;
  expect(Object.keys(incomplete)).not.toContain('agentBack');
  expect(noticeFace('agentBack', [], 0).heading).toContain('nothing');
});
