import { type BenchPerson, personOf, TENANT_ID } from './people';

/** A dialog that begins, goes on and ends: each turn changes the stored stack and is answered by one card. */
const SAID = [() => 'add customer', (turn: number) => `Company ${turn} of the bench`, () => 'cancel'];

let activities = 0;

/** One person's personal chat: `next` is their next message, as Teams would deliver it. */
export function createConversation(number: number, serviceUrl: string): { next(): string } {
  const envelope = envelopeOf(personOf(number), serviceUrl);
  let turn = 0;
  return {
    next() {
      const say = SAID[turn % SAID.length] ?? (() => 'help');
      return JSON.stringify({ ...envelope(), type: 'message', text: say(turn++), textFormat: 'plain' });
    },
  };
}

/** The fields of every activity of a person; each activity has an id of its own. */
export const envelopeOf = (person: BenchPerson, serviceUrl: string) => () => {
  const timestamp = new Date().toISOString();
  return {
    id: `f:${++activities}`,
    timestamp,
    localTimestamp: timestamp,
    channelId: 'msteams',
    serviceUrl,
    from: { id: person.channelUserId, name: person.name, aadObjectId: person.objectId },
    conversation: { conversationType: 'personal', tenantId: TENANT_ID, id: `a:chat-of-${person.objectId}` },
    recipient: { id: '28:keyturn-bench', name: 'Keyturn' },
    locale: 'en-US',
    entities: [
      { locale: 'en-US', country: 'US', platform: 'Windows', timezone: 'Europe/Vienna', type: 'clientInfo' },
    ],
    channelData: { tenant: { id: TENANT_ID } },
  };
};
