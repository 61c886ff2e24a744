import { randomUUID } from 'node:crypto';
import { fingerprintOf } from '../../../../domain/agentProtocol/fingerprint';
import { REPLACEMENT_MS } from '../../../../domain/agents/agent';
import { decideReplacement } from '../../../../domain/agents/enrolment/decideReplacement';
import { revokeAgent } from '../../../../domain/agents/revokeAgent';
import { hashOf } from '../../../../domain/links/oneTime';
import { beatOf, machine, reset, type ServingWorld, tess } from '../../../helpers/bot/servingWorld';
import { diesAfterWriting, useAgent, useServing } from '../../../helpers/bot/useServing';
import { actor } from '../../../helpers/cloud/signInWorld';

const world = useServing();
const first = useAgent(world);
beforeEach(() => world.clock.advance(1));

type Enrolment = Awaited<ReturnType<ServingWorld['enrolment']>>;
const asked = async () => {
  const second = await world.enrolment();
  return { ...second, answer: await second.asks.enrol(second.body), tokenId: hashOf(second.body.token) };
};
const decide = (tokenId: string, allow: boolean, who = tess) =>
  decideReplacement(world.bot.deps, who, { tokenId, allow, requestId: randomUUID() });
const agent = async () => (await world.stores.agents.get(first.id))?.value;
const again = ({ asks, body }: Pick<Enrolment, 'asks' | 'body'>) => asks.enrol(body);
const question = async (tokenId: string) =>
  (await world.stores.installTokens.get(tokenId))?.value.replacement;
const jobs = async (kind: string) =>
  (await world.stores.jobs.list({ limit: 100 })).items.filter(({ value }) => value.kind === kind);

describe('another key that wants to replace an agent’s key', () => {
  it('waits for a person: the existing agent goes on, and the new program is told to wait', async () => {
    const { answer, signer, tokenId } = await asked();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '15']);
    expect(answer.body).toMatchObject({
      error: 'tryLater',
      waitsFor: 'person',
      sentence: expect.stringContaining(fingerprintOf(signer.publicKey)),
    });
    expect((await agent())?.publicKey).toEqual(first.signer.publicKey);
    expect((await first.asks.beat(beatOf())).status).toBe(200);
    expect(await question(tokenId)).toMatchObject({
      agentId: first.id,
      state: 'waiting',
      address: expect.stringContaining('127.0.0.1'),
      machine: machine(),
    });
    expect(await jobs('askReplacement')).toHaveLength(1);
    expect(await jobs('tellEnrolment')).toHaveLength(1);
  });

  it('replaces it after a person said yes: the same agent, a new key, and its queue continues', async () => {
    const queue = { stream: randomUUID(), events: [reset(1, world.clock.now())] };
    await first.asks.events(queue);
    const second = await asked();
    await decide(second.tokenId, true);
    expect((await agent())?.publicKey).toEqual(first.signer.publicKey);
    expect((await again(second)).body.agentId).toBe(first.id);
    expect(await agent()).toMatchObject({
      publicKey: second.signer.publicKey,
      stream: { id: queue.stream, seq: 1 },
    });
    expect((await first.asks.beat(beatOf())).body.error).toBe('unauthorized');
    expect((await again(second)).status).toBe(200);
    const told = (await jobs('tellEnrolment')).map(({ value }) => value.input);
    expect(told).toContainEqual(
      expect.objectContaining({ fingerprint: fingerprintOf(second.signer.publicKey) }),
    );
  });

  it('never replaces it under another name than the person saw', async () => {
    const { asks, body, tokenId } = await asked();
    await decide(tokenId, true);
    const other = { ...body, machine: machine(body.machine.id, 'DC9') };
    expect((await asks.enrol(other)).body.error).toBe('token');
    expect(await agent()).toMatchObject({ machine: { name: 'DC1' }, publicKey: first.signer.publicKey });
    expect((await asks.enrol(body)).status).toBe(200);
  });

  it('never replaces it after a person said no', async () => {
    const second = await asked();
    await decide(second.tokenId, false);
    expect((await again(second)).body).toMatchObject({
      error: 'token',
      sentence: expect.stringContaining('tess refused'),
    });
    expect((await agent())?.publicKey).toEqual(first.signer.publicKey);
  });

  it('is asked about once, however often the program comes', async () => {
    const second = await asked();
    const before = await question(second.tokenId);
    world.clock.advance(15_000);
    for (let n = 0; n < 3; n++) expect((await again(second)).body.waitsFor).toBe('person');
    expect(await question(second.tokenId)).toEqual(before);
    expect(await jobs('askReplacement')).toHaveLength(1);
  });

  it('is refused when nobody answered in time', async () => {
    const second = await asked();
    world.clock.advance(REPLACEMENT_MS);
    await expect(decide(second.tokenId, true)).rejects.toMatchObject({ code: 'conflict' });
    expect((await again(second)).body).toMatchObject({
      error: 'token',
      sentence: expect.stringContaining('Nobody answered'),
    });
    expect((await agent())?.publicKey).toEqual(first.signer.publicKey);
  });

  it('is refused when it was allowed and the agent has another key since', async () => {
    const [second, third] = [await asked(), await asked()];
    await decide(second.tokenId, true);
    await decide(third.tokenId, true);
    world.clock.advance(1);
    expect((await again(third)).status).toBe(200);
    expect((await again(second)).body.error).toBe('token');
    expect((await agent())?.publicKey).toEqual(third.signer.publicKey);
  });

  it('is refused when the person who made the command lost the role, even after a yes', async () => {
    const second = await asked();
    await decide(second.tokenId, true);
    await world.stores.people.remove('tess');
    expect((await again(second)).body.error).toBe('token');
  });

  it('asks nothing for a second machine: that is another agent', async () => {
    const other = await world.enrolled(machine('m2', 'DC1'));
    expect(other.id).not.toBe(first.id);
  });

  it('of a revoked agent replaces it without a question, because a person ended it and made a new command', async () => {
    await revokeAgent(world.bot.deps, tess, { agentId: first.id, requestId: 'revoke' });
    world.clock.advance(1);
    const second = await asked();
    expect(second.answer.body.agentId).toBe(first.id);
  });
});

describe('the answer', () => {
  it('is for people who may manage agents', async () => {
    const { tokenId } = await asked();
    await expect(decide(tokenId, true, actor('abe', 'approver'))).rejects.toMatchObject({
      code: 'notAllowed',
    });
    expect((await question(tokenId))?.state).toBe('waiting');
  });

  it('stays once it is given: the same again changes nothing, the opposite is refused', async () => {
    const { tokenId } = await asked();
    await decide(tokenId, false);
    const before = await question(tokenId);
    world.clock.advance(1);
    expect(await decide(tokenId, false)).toEqual(before);
    await expect(decide(tokenId, true)).rejects.toMatchObject({
      code: 'conflict',
      sentence: expect.stringContaining('tess has answered already'),
    });
    expect(await question(tokenId)).toEqual(before);
  });

  it('is one person’s when two answer at the same time', async () => {
    const { tokenId } = await asked();
    const both = await Promise.allSettled([decide(tokenId, true), decide(tokenId, false, actor('tom'))]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is in the audit trail', async () => {
    const { tokenId } = await asked();
    await decide(tokenId, false);
    const { items } = await world.stores.audit.list({ where: { customerId: 'contoso' }, limit: 100 });
    expect(items.map(({ value }) => value)).toContainEqual(
      expect.objectContaining({ action: 'agent.replace', target: 'DC1', outcome: 'done' }),
    );
  });

  it('to a question that nobody asked is not found', async () => {
    await expect(decide('made-up', true)).rejects.toMatchObject({ code: 'notFound' });
    const { body } = await world.enrolment();
    await expect(decide(hashOf(body.token), true)).rejects.toMatchObject({ code: 'notFound' });
  });
});

test.each(['installTokens', 'jobs', 'agents'] as const)(
  'a crash after %s was written is made good by the same request again',
  async (collection) => {
    const second = await world.enrolment();
    const tokenId = hashOf(second.body.token);
    const kill = async (work: () => Promise<{ status: number }>) => {
      const undo = diesAfterWriting(world, collection);
      const { status } = await work();
      undo();
      return status;
    };
    if (collection !== 'agents') expect(await kill(() => again(second))).toBe(503);
    expect((await again(second)).body.waitsFor).toBe('person');
    expect(await jobs('askReplacement')).toHaveLength(1);
    await decide(tokenId, true);
    if (collection === 'agents') expect(await kill(() => again(second))).toBe(503);
    expect((await again(second)).body.agentId).toBe(first.id);
    expect((await agent())?.publicKey).toEqual(second.signer.publicKey);
  },
);
