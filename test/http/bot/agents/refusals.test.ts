import { AGENT_PATHS } from '../../../../domain/agentProtocol/protocol';
import { removeCustomer, restoreCustomer } from '../../../../domain/customers/removeCustomer';
import { createSigner, type Spoiling } from '../../../helpers/agent/agentSigner';
import { beatOf, machine, type ServingWorld } from '../../../helpers/bot/servingWorld';
import { SECRET, useRefusedAgent } from '../../../helpers/bot/useServing';
import { actor } from '../../../helpers/cloud/signInWorld';

const DAY = 24 * 60 * 60;

const { world, agent, batch, refused } = useRefusedAgent();
const seconds = () => Math.floor(world.clock.now() / 1000);

describe('a request without proof', () => {
  const unauthorized: [string, (world: ServingWorld) => Spoiling][] = [
    ['without a signature', () => ({ authorization: '' })],
    ['with another scheme', () => ({ authorization: 'Bearer abc' })],
    ['with a broken signature', () => ({ authorization: 'KeyturnAgent eyJhbGciOiJFZERTQSJ9.e30.AAAA' })],
    ['that is endless', () => ({ authorization: `KeyturnAgent ${'a'.repeat(5_000)}` })],
    ['for another bot', () => ({ claims: { aud: 'https://other.example.test' } })],
    ['for another path', () => ({ claims: { path: AGENT_PATHS.beat } })],
    ['sent to another path', () => ({ sentTo: AGENT_PATHS.commands })],
    ['for another method', () => ({ claims: { method: 'GET' } })],
    ['for another body', () => ({ claims: { body: 'x' } })],
    ['with its body exchanged', () => ({ sent: JSON.stringify({ protocol: 1, SECRET }) })],
    ['that lives too long', ({ clock }) => ({ claims: { exp: Math.floor(clock.now() / 1000) + 3_600 } })],
    ['without an id', () => ({ claims: { jti: undefined } })],
    ['with another kind of id', () => ({ claims: { jti: '1' } })],
    ['with another type', () => ({ header: { typ: 'JWT' } })],
    ['of nobody', () => ({ header: { kid: '99999999-0000-4000-8000-000000000000' } })],
    ['of a name that is no id', () => ({ header: { kid: '../agents' } })],
  ];
  it.each(unauthorized)('is refused: %s', async (_name, spoil) => {
    await refused(() => agent.asks.events(batch(), spoil(world)), 401, 'unauthorized');
  });

  it('is refused without an algorithm, or with another one', async () => {
    const body = { protocol: 1, ...batch() };
    const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const claims = encoded({ aud: 'https://keyturn.example.test', iat: seconds(), exp: seconds() + 60 });
    const { createHmac } = await import('node:crypto');
    for (const alg of ['none', 'HS256']) {
      const signed = `${encoded({ alg, typ: 'keyturn-agent+jwt', kid: agent.id })}.${claims}`;
      const mac = createHmac('sha256', agent.signer.publicKey.x).update(signed).digest('base64url');
      const authorization = `KeyturnAgent ${signed}.${alg === 'none' ? '' : mac}`;
      await refused(() => agent.asks.post(AGENT_PATHS.events, body, { authorization }), 401, 'unauthorized');
    }
  });

  it('is refused when another key signed it, even a key that comes along', async () => {
    const other = await createSigner();
    const asks = world.requests(other, agent.id);
    await refused(() => asks.events(batch()), 401, 'unauthorized');
    const header = { jwk: other.publicKey };
    await refused(() => asks.events(batch(), { header }), 401, 'unauthorized');
    const crit = { crit: ['exp'], exp: 1 };
    await refused(() => agent.asks.events(batch(), { header: crit }), 401, 'unauthorized');
  });

  it.each([
    ['a day behind', -DAY],
    ['a day ahead', DAY],
  ])('is refused with a clock that is %s, and told the time', async (_name, by) => {
    const claims = { iat: seconds() + by, exp: seconds() + by + 60 };
    await refused(() => agent.asks.events(batch(), { claims }), 401, 'clock');
  });

  it('is accepted with a clock that is four minutes ahead or two behind', async () => {
    for (const by of [-120, 240]) {
      const claims = { iat: seconds() + by, exp: seconds() + by + 60 };
      expect((await agent.asks.beat(beatOf(), { claims })).status).toBe(200);
    }
  });

  it('is refused the second time', async () => {
    const claims = { jti: '22222222-0000-4000-8000-000000000000' };
    expect((await agent.asks.beat(beatOf(), { claims })).status).toBe(200);
    world.clock.advance(1_000);
    await refused(() => agent.asks.beat(beatOf(), { claims }), 401, 'replayed');
  });

  it('is refused for good after the record of its first use is gone', async () => {
    const jti = '22222222-0000-4000-8000-000000000000';
    const claims = { jti, iat: seconds() + 300, exp: seconds() + 360 };
    expect((await agent.asks.beat(beatOf(), { claims })).status).toBe(200);
    for (let minute = 0; minute < 7; minute++) {
      world.clock.advance(60_000);
      await refused(() => agent.asks.beat(beatOf(), { claims }), 401, 'replayed');
    }
    world.clock.advance(60_000);
    expect(await world.stores.agentRequests.get(`${agent.id}|${jti}`)).toBeUndefined();
    await refused(() => agent.asks.beat(beatOf(), { claims }), 401, 'clock');
  });
});

describe('the bot serves', () => {
  it('no customer because a body names it', async () => {
    await agent.asks.events({ ...batch(), customerId: 'fabrikam' });
    expect(await world.stores.events.count({ where: { customerId: 'fabrikam' } })).toBe(0);
    expect(await world.stores.events.count({ where: { customerId: 'contoso' } })).toBe(1);
  });

  it('no agents of a removed customer, and all of them again after it is restored', async () => {
    const ada = actor('ada', 'admin');
    const request = { customerId: 'contoso', typedName: 'Contoso', requestId: 'remove' };
    await removeCustomer(world.bot.deps, ada, request);
    await refused(() => agent.asks.events(batch()), 403, 'revoked');
    const other = await world.enrolled(machine(), 'fabrikam');
    expect((await other.asks.beat(beatOf())).status).toBe(200);
    await restoreCustomer(world.bot.deps, ada, { customerId: 'contoso', requestId: 'restore' });
    expect((await agent.asks.events(batch())).status).toBe(200);
  });

  it('nobody who asks too often, and still everybody else', async () => {
    const other = await world.enrolled(machine('m2', 'DC2'));
    let last = { status: 0, headers: new Headers() };
    for (let n = 0; n <= 600; n++) last = await agent.asks.commands({ waitMs: 0, done: [] });
    expect([last.status, last.headers.get('retry-after')]).toEqual([429, '60']);
    expect((await other.asks.beat(beatOf())).status).toBe(200);
    world.clock.advance(60_000);
    expect((await agent.asks.beat(beatOf())).status).toBe(200);
  });

  it('everybody with 503, and tells nothing, while the store is down', async () => {
    const { insert } = world.bot.deps.stores.agentRequests;
    const away = async () => Promise.reject(new TypeError(`the database is gone with ${SECRET}`));
    Object.assign(world.bot.deps.stores.agentRequests, { insert: away });
    const { status, body, headers } = await agent.asks.events(batch());
    Object.assign(world.bot.deps.stores.agentRequests, { insert });
    expect([status, body.error, headers.get('retry-after')]).toEqual([503, 'tryLater', '5']);
    expect(JSON.stringify(body)).not.toContain('database');
  });
});
