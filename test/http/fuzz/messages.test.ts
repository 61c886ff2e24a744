import { OWN_TENANT_ID } from '../../helpers/cloud/signInWorld';
import { createSender, FUZZ_MS, fuzzed, shareOf, watchProcess } from '../../helpers/fuzz/fuzz';
import { type FuzzWorld, openFuzzWorld, TESS } from '../../helpers/fuzz/fuzzWorld';
import { spoilt } from '../../helpers/fuzz/hostile';

const VERBS = [
  ['customers', { page: 1, search: 'c' }],
  ['customer', { customerId: 'contoso' }],
  ['customer', { customerId: 'nobody' }],
  ['command', { command: 'help', customerId: 'contoso' }],
  ['command', { command: 'customer', args: { customerId: 'contoso' } }],
  ['command', { command: 'integrations', args: { do: 'key', integrationId: 'i' } }],
  ['command', { command: 'people', text: 'add x admin' }],
  ['agent', { do: 'deltaSync', customerId: 'contoso' }],
  ['tenant', { customerId: 'contoso', do: 'test' }],
  ['organization', { customerId: 'contoso', do: 'show' }],
  ['explainResets', { noticeId: 'n', shown: 1, resets: 1, as: 'ours' }],
  ['importReview', { runId: 'r', group: 'new', page: 0, do: 'show' }],
  ['integration', { integrationId: 'i', do: 'test' }],
  ['dialog', { id: 'addCustomer', step: 'name', values: { name: 'New' } }],
  ['leave', {}],
  ['notifySave', {}],
] as const;
const TEXTS = [
  'help',
  'customers',
  'add customer',
  'contoso',
  'integrations',
  'notify me',
  'cancel',
  'who am i',
  '6',
];

let world: FuzzWorld;
beforeAll(async () => {
  world = await openFuzzWorld();
});
afterAll(() => world.close());

function sound(): object[] {
  const of = (type: string, more: object = {}) => ({
    type,
    id: '1',
    timestamp: '2026-11-30T10:00:00.000Z',
    channelId: 'msteams',
    serviceUrl: world.serviceUrl,
    conversation: { id: 'a:tess', conversationType: 'personal', tenantId: OWN_TENANT_ID },
    from: { id: '29:tess', name: 'Tess', aadObjectId: TESS },
    recipient: { id: '28:bot', name: 'Keyturn' },
    channelData: { tenant: { id: OWN_TENANT_ID } },
    locale: 'en-US',
    entities: [
      { type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web', timezone: 'Europe/Zurich' },
    ],
    ...more,
  });
  const group = {
    conversation: { id: '19:group@thread.v2', conversationType: 'groupChat', tenantId: OWN_TENANT_ID },
  };
  const mention = { type: 'mention', text: '<at>Keyturn</at>', mentioned: { id: '28:bot', name: 'Keyturn' } };
  return [
    ...TEXTS.map((text) => of('message', { text })),
    of('message', { text: '<at>Keyturn</at> customers', ...group, entities: [mention] }),
    of('message', { attachments: [{ contentType: 'text/html', content: '<p>help</p>' }] }),
    of('message', { value: { verb: 'customers' } }),
    of('message', { text: 'help', from: { id: '29:stranger', name: 'Eve' } }),
    ...VERBS.map(([verb, data]) =>
      of('invoke', {
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
      }),
    ),
    of('invoke', { name: 'signin/verifyState', value: { state: '123456' } }),
    of('invoke', { name: 'signin/failure', value: { code: 'x', message: 'y' } }),
    of('invoke', {
      name: 'composeExtension/query',
      value: { commandId: 'c', parameters: [{ name: 'q', value: 'x' }] },
    }),
    of('conversationUpdate', { membersAdded: [{ id: '28:bot' }, { id: '29:tess', aadObjectId: TESS }] }),
    of('conversationUpdate', { membersRemoved: [{ id: '28:bot' }], ...group }),
    of('conversationUpdate', { channelData: { eventType: 'teamRenamed', team: { id: '19:t', name: 'T' } } }),
    of('installationUpdate', { action: 'add' }),
    of('installationUpdate', { action: 'upgrade', ...group }),
    of('messageReaction', { reactionsAdded: [{ type: 'like' }], replyToId: '1' }),
    of('event', { name: 'application/vnd.microsoft.readReceipt', value: { lastReadMessageId: '1' } }),
    of('typing'),
    of('endOfConversation'),
  ];
}

test(
  '7,000 activities, each spoilt in another way, leave the bot undamaged',
  async () => {
    const token = await world.token();
    const before = await world.keptOf('fabrikam');
    const watched = watchProcess();
    const { send, close } = createSender(world.port);
    let count = 0;
    const statuses = await fuzzed(7_000, spoilt(sound()), (activity) => {
      // Each activity gets a new id, unless the id is the spoilt part: a repeated activity is not answered
      // again.
      const given = activity as { id?: unknown } | undefined;
      if (given && typeof given === 'object' && given.id === '1') given.id = `a${++count}`;
      return send({
        method: 'POST',
        path: '/api/messages',
        headers: {
          host: 'keyturn.example.test',
          'content-type': 'application/json',
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify(activity) ?? '',
      });
    });
    expect((await send({ method: 'GET', path: '/healthz' })).status).toBe(200);
    close();
    watched.stop();
    expect(watched.faults).toEqual([]);
    expect(await world.keptOf('fabrikam')).toBe(before);
    // The bot read most of them completely, and did not turn them away at the door.
    expect(shareOf(200, statuses)).toBeGreaterThan(0.4);
  },
  FUZZ_MS,
);
