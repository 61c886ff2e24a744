import fc from 'fast-check';
import { message, startEdge } from '../../helpers/bot/edgeServer';
import { type LocalIssuer, startLocalIssuer } from '../../helpers/bot/localIssuer';
import type { Bot } from '../../helpers/botWorld/bot';
import { openSite, type Site } from '../../helpers/botWorld/site';
import { OWN_TENANT_ID } from '../../helpers/cloud/signInWorld';

/**
 * The real check of tokens and the real SDK in front of the whole bot; a played Teams receives what the bot
 * says.
 */
describe('an activity of Teams with random content', () => {
  let issuer: LocalIssuer;
  let site: Site;
  let bot: Bot;
  let edge: Awaited<ReturnType<typeof startEdge>>;
  let authorization: string;
  let activities = 0;

  beforeAll(async () => {
    [issuer, site] = await Promise.all([startLocalIssuer(), openSite()]);
    bot = await site.start();
    edge = await startEdge(issuer, async (context) => {
      const answer = await bot.edge.receive(context.activity, (inner) => bot.handle(inner, 'request'));
      if (answer) await context.sendActivity({ type: 'invokeResponse', value: answer });
    });
    authorization = `Bearer ${await issuer.sign()}`;
  });
  afterAll(async () => {
    await edge.server.stop();
    await site.close();
    await issuer.stop();
  });

  const faults = () =>
    [...edge.lines(), ...site.log.lines()].filter(({ level }) => level === 'error' || level === 'fatal');
  const sound = () => {
    const { id: aadObjectId, channelId: id, name } = site.tess;
    return {
      from: { id, name, aadObjectId },
      recipient: { id: '28:keyturn', name: 'Keyturn' },
      conversation: { id: 'a:Tess', conversationType: 'personal', tenantId: OWN_TENANT_ID },
      channelData: { tenant: { id: OWN_TENANT_ID } },
      text: 'help',
      id: `f:${activities++}`,
    };
  };

  it.each(['id', 'name', 'action', 'replyToId', 'locale', 'recipient', 'entities', 'attachments', 'value'])(
    'with an invalid %s is answered or refused, without a fault',
    async (field) => {
      const said = site.teams.messages.length;
      for (const odd of [{}, { toString: 1, valueOf: 1 }, [[]], 7, null, true, '', '\u0000', '\ud800']) {
        const response = await edge.post(authorization, message({ ...sound(), [field]: odd }));
        expect([200, 400, 401]).toContain(response.status);
      }
      expect(faults()).toEqual([]);
      if (field !== 'recipient') expect(site.teams.messages.length).toBeGreaterThanOrEqual(said + 9);
    },
  );

  it('is answered or refused, without a fault: a thousand of them', async () => {
    const fields = fc.constantFrom(
      ...['id', 'name', 'action', 'replyToId', 'locale', 'recipient', 'entities', 'attachments', 'value'],
      ...['text', 'textFormat', 'from', 'conversation', 'channelData', 'membersAdded', 'membersRemoved'],
      ...[
        'localTimezone',
        'timestamp',
        'localTimestamp',
        'deliveryMode',
        'callerId',
        'relatesTo',
        'expiration',
      ],
      'serviceUrl',
    );
    const types = fc.constantFrom(
      ...['message', 'invoke', 'installationUpdate', 'conversationUpdate', 'event', 'messageReaction'],
    );
    const inner = fc.dictionary(fc.constantFrom('id', 'name', 'type', 'tenant', 'toString'), fc.jsonValue());
    const odd = fc.dictionary(fields, fc.oneof(fc.jsonValue(), inner, fc.array(inner, { maxLength: 4 })));
    await fc.assert(
      fc.asyncProperty(types, odd, async (type, more) => {
        const response = await edge.post(authorization, message({ ...sound(), type, ...more }));
        expect([200, 400, 401]).toContain(response.status);
      }),
      { numRuns: 1000, seed: 11 },
    );
    expect(faults()).toEqual([]);
  });
});
