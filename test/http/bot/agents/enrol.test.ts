import { randomUUID } from 'node:crypto';
import { INSTALL_TOKEN_MS } from '../../../../domain/agents/agent';
import { issueInstallToken } from '../../../../domain/agents/enrolment/issueInstallToken';
import { revokeAgent } from '../../../../domain/agents/revokeAgent';
import { removeCustomer } from '../../../../domain/customers/removeCustomer';
import { createSigner } from '../../../helpers/agent/agentSigner';
import { allOf, beatOf, expectRefused, machine, reset, tess } from '../../../helpers/bot/servingWorld';
import { diesAfterWriting, useServing } from '../../../helpers/bot/useServing';
import { actor } from '../../../helpers/cloud/signInWorld';

const world = useServing();

const expectNothing = (...[work, expected, secret]: Tail<Parameters<typeof expectRefused>>) =>
  expectRefused(world, work, expected, secret);
type Tail<T extends unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;

describe('enrolling', () => {
  it('makes an agent of the token’s customer, in the name of the person who asked for the token', async () => {
    const { asks, body, signer } = await world.enrolment();
    const { status, body: answer } = await asks.enrol({ ...body, customerId: 'fabrikam' });
    expect([status, answer]).toEqual([
      200,
      { protocol: 1, now: world.clock.now(), agentId: expect.any(String), customer: 'Contoso' },
    ]);
    expect((await world.stores.agents.get(answer.agentId))?.value).toMatchObject({
      customerId: 'contoso',
      machine: machine(),
      publicKey: signer.publicKey,
      state: 'online',
      enrolledBy: { id: 'tess', name: 'tess' },
    });
    expect((await world.stores.customers.get('contoso'))?.value.activeDirectory).toMatchObject({
      state: 'online',
      since: world.clock.now(),
    });
    const { items } = await world.stores.audit.list({ where: { customerId: 'contoso' }, limit: 10 });
    expect(items.map(({ value }) => [value.action, value.actor.id, value.target, value.outcome])).toEqual(
      expect.arrayContaining([
        ['agent.token', 'tess', 'Contoso', 'done'],
        ['agent.enrol', 'tess', 'DC1', 'done'],
      ]),
    );
    expect(JSON.stringify(await allOf(world.stores))).not.toContain(body.token);
    expect(world.bot.text()).not.toContain(body.token);
  });

  it('answers the same token and key again alike, and does nothing more', async () => {
    const { asks, body } = await world.enrolment();
    const first = await asks.enrol(body);
    const before = await allOf(world.stores);
    expect((await asks.enrol(body)).body).toEqual(first.body);
    expect(await allOf(world.stores)).toEqual(before);
  });

  it('refuses a stolen token: after its use it is bound to machine and key', async () => {
    const { asks, body } = await world.enrolment();
    await asks.enrol(body);
    const thief = await createSigner();
    const stolen = world.requests(thief, 'enrol');
    const refused = { status: 403, error: 'token' };
    await expectNothing(() => stolen.enrol({ ...body, publicKey: thief.publicKey }), refused, body.token);
    await expectNothing(() => asks.enrol({ ...body, machine: machine('other') }), refused, body.token);
  });

  it('admits one of two that use a token at the same time', async () => {
    const { asks, body } = await world.enrolment();
    const thief = await createSigner();
    const both = await Promise.all([
      asks.enrol(body),
      world.requests(thief, 'enrol').enrol({ ...body, publicKey: thief.publicKey, machine: machine('m2') }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403]);
    expect(await world.stores.agents.count()).toBe(1);
  });

  it('refuses an expired or unknown token', async () => {
    const { asks, body } = await world.enrolment();
    const refused = { status: 403, error: 'token' };
    await expectNothing(() => asks.enrol({ ...body, token: 'x'.repeat(43) }), refused, 'xxxxxxxx');
    world.clock.advance(INSTALL_TOKEN_MS);
    await expectNothing(() => asks.enrol(body), refused, body.token);
  });

  it('refuses the token of a removed customer', async () => {
    const { asks, body } = await world.enrolment();
    const request = { customerId: 'contoso', typedName: 'Contoso', requestId: 'remove' };
    await removeCustomer(world.bot.deps, actor('ada', 'admin'), request);
    await expectNothing(() => asks.enrol(body), { status: 403, error: 'token' }, body.token);
  });

  it('wants the new key itself to sign: as an enrolment, for this bot, now', async () => {
    const { asks, body, signer } = await world.enrolment();
    const other = await createSigner();
    const refused = { status: 401, error: 'unauthorized' };
    await expectNothing(() => asks.enrol({ ...body, publicKey: other.publicKey }), refused, body.token);
    await expectNothing(() => world.requests(signer, 'someone').enrol(body), refused, body.token);
    await expectNothing(
      () => asks.enrol(body, { claims: { aud: 'https://evil.test' } }),
      refused,
      body.token,
    );
    await expectNothing(
      () => asks.enrol(body, { claims: { iat: 1, exp: 2 } }),
      { status: 401, error: 'clock' },
      body.token,
    );
    expect((await asks.enrol(body)).status).toBe(200);
  });

  it('counts unknown tokens, and never holds up an issued one', async () => {
    const { asks, body } = await world.enrolment();
    const unknown = { ...body, token: 'x'.repeat(43) };
    const statuses = [];
    for (let n = 0; n < 32; n++) statuses.push((await asks.enrol(unknown)).status);
    expect([statuses.indexOf(429), statuses.lastIndexOf(403)]).toEqual([30, 29]);
    expect((await asks.enrol(unknown)).headers.get('retry-after')).toBe('60');
    expect((await asks.enrol(body)).status).toBe(200);
    world.clock.advance(60_000);
    expect((await asks.enrol(unknown)).status).toBe(403);
  });
});

describe('the same machine again', () => {
  it('with its own key replaces itself without a question: the same agent, and its queue continues', async () => {
    const first = await world.enrolled();
    const queue = { stream: randomUUID(), events: [reset(1, world.clock.now())] };
    expect((await first.asks.events(queue)).body.acknowledged).toBe(1);
    world.clock.advance(1);
    const token = await world.token();
    const body = { token, publicKey: first.signer.publicKey, machine: machine(), version: '0.2.0' };
    const again = await world.requests(first.signer, 'enrol').enrol(body);
    expect([again.status, again.body.agentId]).toEqual([200, first.id]);
    expect(await world.stores.agents.count()).toBe(1);
    expect((await world.stores.agents.get(first.id))?.value).toMatchObject({
      stream: { id: queue.stream, seq: 1 },
      version: '0.2.0',
    });
    expect((await first.asks.beat(beatOf())).status).toBe(200);
  });

  it('at another customer is another agent', async () => {
    const [one, two] = [await world.enrolled(), await world.enrolled(machine(), 'fabrikam')];
    expect(one.id).not.toBe(two.id);
  });

  it('comes back from a revocation only with a token that was issued after it', async () => {
    const { id } = await world.enrolled();
    const before = await world.enrolment();
    world.clock.advance(1);
    await revokeAgent(world.bot.deps, tess, { agentId: id, requestId: 'revoke' });
    expect((await before.asks.enrol(before.body)).body.error).toBe('token');
    world.clock.advance(1);
    const fresh = await world.enrolled();
    expect(fresh.id).toBe(id);
    expect((await fresh.asks.beat(beatOf())).status).toBe(200);
  });

  it.each(['machine-1', 'machine-2'])('comes back from it with a new key alone, as %s', async (id) => {
    const stolen = await world.enrolled();
    world.clock.advance(1);
    await revokeAgent(world.bot.deps, tess, { agentId: stolen.id, requestId: 'revoke' });
    world.clock.advance(1);
    const token = await world.token();
    const body = { token, publicKey: stolen.signer.publicKey, machine: machine(id), version: '0.1.0' };
    const asks = world.requests(stolen.signer, 'enrol');
    await expectNothing(() => asks.enrol(body), { status: 403, error: 'revoked' }, token);
    const fresh = await world.enrolment({ token, machine: machine(id) });
    expect((await fresh.asks.enrol(fresh.body)).status).toBe(200);
    expect((await stolen.asks.beat(beatOf())).status).toBe(id === 'machine-1' ? 401 : 403);
  });

  it('does not come back by repeating the enrolment that was revoked', async () => {
    const { asks, body } = await world.enrolment();
    const { agentId } = (await asks.enrol(body)).body;
    world.clock.advance(1);
    await revokeAgent(world.bot.deps, tess, { agentId, requestId: 'revoke' });
    await expectNothing(() => asks.enrol(body), { status: 403, error: 'token' }, body.token);
  });
});

describe('a crash during an enrolment', () => {
  it.each(['installTokens', 'agents', 'customers'] as const)(
    'is made good by the same request again: after %s was written',
    async (collection) => {
      const { asks, body } = await world.enrolment();
      diesAfterWriting(world, collection);
      const killed = await asks.enrol(body);
      expect([killed.status, killed.body.error]).toEqual([503, 'tryLater']);
      const { agentId } = (await asks.enrol(body)).body;
      expect((await world.stores.agents.list({ limit: 9 })).items.map(({ id }) => id)).toEqual([agentId]);
      expect((await world.stores.customers.get('contoso'))?.value.activeDirectory.state).toBe('online');
      const audit = (await world.stores.audit.list({ limit: 9 })).items.map(({ value }) => value);
      expect(audit.filter(({ action }) => action === 'agent.enrol')).toMatchObject([{ outcome: 'done' }]);
    },
  );
});

describe('an install token', () => {
  it('is for people who may install agents', async () => {
    const request = { customerId: 'contoso', serverRole: 'otherServer' as const, requestId: 'r' };
    await expect(issueInstallToken(world.bot.deps, actor('ann', 'approver'), request)).rejects.toMatchObject({
      code: 'notAllowed',
    });
    expect(await world.stores.installTokens.count()).toBe(0);
  });

  it('leaves earlier tokens of the same person valid for their time, so that each server has its own', async () => {
    const lines = [
      await world.enrolment({ machine: machine('m1', 'DC1') }),
      await world.enrolment({ machine: machine('m2', 'DC2') }),
    ];
    for (const { asks, body } of lines) expect((await asks.enrol(body)).status).toBe(200);
    expect(
      (await world.stores.agents.list({ limit: 9 })).items.map(({ value }) => value.machine.name),
    ).toEqual(expect.arrayContaining(['DC1', 'DC2']));
  });
});
