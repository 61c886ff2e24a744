import type { TurnContext } from 'botbuilder';
import { type DispatcherDeps, dispatch } from '../../../bot/notifications/dispatcher';
import { createSendSlots } from '../../../bot/sending/sendBudget';
import { newCard, type Subject } from '../../../domain/notifications/delivery';
import { raiseCards } from '../../../domain/notifications/subjectCards';
import type { Stores } from '../../../domain/stores/stores';
import { memoryStores, TestClock } from '../../helpers/store/memoryStores';

/** A test's own kind: a door that is open or closed, told to everybody on its list. */
const door = (id: string): Subject => ({ kind: 'door' as 'notice', id });
let clock: TestClock;
let stores: Stores;
let doors: Map<string, { revision: number; state: string }>;
let chats: Map<string, string>;
let deps: DispatcherDeps;
let whileSending: () => Promise<void>;

beforeEach(() => {
  clock = new TestClock();
  stores = memoryStores(clock);
  doors = new Map();
  chats = new Map();
  whileSending = async () => undefined;
  const kind = {
    whereTo: async (_deps: unknown, conversationId: string) => ({ reference: conversationId }),
    card: async ({ subject }: { subject: Subject }) => {
      const found = doors.get(subject.id);
      return found && { card: { is: `${subject.id} ${found.state}` }, revision: found.revision };
    },
  };
  const proactive = { in: (chat: string, work: (of: TurnContext) => unknown) => work(contextOf(chat)) };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const slots = createSendSlots({ stores, clock, log, pause: async () => undefined }, undefined);
  deps = { stores, clock, log, slots, proactive, subjects: { door: kind } } as never;
});

/** A chat shows each card once, under its id. */
function contextOf(chat: string): TurnContext {
  type Sent = { id?: string; attachments: { content: { is: string } }[] };
  const show = async (id: string, { attachments: [first] }: Sent) => {
    chats.set(id, first?.content.is ?? '');
    await whileSending();
    return { id };
  };
  return {
    sendActivity: (sent: Sent) => show(`${chat}#${chats.size}`, sent),
    updateActivity: (sent: Sent) => show(sent.id ?? '', sent),
  } as never;
}

const told = async (id: string, conversationId: string) => {
  const told = { conversationId, subject: door(id), wanted: 1, dueAt: clock.now() };
  await stores.deliveries.insert(`${id}|${conversationId}`, newCard(told, clock.now()));
};
async function becomes(id: string, state: string): Promise<void> {
  const revision = (doors.get(id)?.revision ?? 0) + 1;
  doors.set(id, { revision, state });
  await raiseCards(deps, door(id), { wanted: revision, digests: false });
}
const shown = () => Object.fromEntries(chats);

test('each card of a record is sent once, and the same card is updated when the record changes', async () => {
  await becomes('front', 'closed');
  await becomes('back', 'closed');
  await told('front', 'tess');
  await told('front', 'tom');
  await told('back', 'tess');
  await dispatch(deps);
  expect(Object.values(shown()).toSorted()).toEqual(['back closed', 'front closed', 'front closed']);
  const before = Object.keys(shown());
  await becomes('front', 'open');
  await dispatch(deps);
  expect(Object.keys(shown())).toEqual(before);
  expect(Object.values(shown()).toSorted()).toEqual(['back closed', 'front open', 'front open']);
});

test('a change during the send of a card is shown next', async () => {
  await becomes('front', 'closed');
  await told('front', 'tess');
  whileSending = async () => {
    whileSending = async () => undefined;
    await becomes('front', 'open');
  };
  await dispatch(deps);
  expect(Object.values(shown())).toEqual(['front open']);
});

test('nothing is told about a missing record', async () => {
  await told('front', 'tess');
  await dispatch(deps);
  expect(shown()).toEqual({});
  expect((await stores.deliveries.get('front|tess'))?.value.state).toBe('gone');
});
