import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { AGENT_PATHS, PROTOCOL } from '../../../domain/agentProtocol/protocol';
import { bodyHashOf, SCHEME } from '../../../domain/agentProtocol/signature';
import { PUBLIC_URL } from '../../helpers/agent/agentSigner';
import { beatOf, reset, user } from '../../helpers/bot/servingWorld';
import { createSender, FUZZ_MS, fuzzed, shareOf, watchProcess } from '../../helpers/fuzz/fuzz';
import { type FuzzWorld, openFuzzWorld } from '../../helpers/fuzz/fuzzWorld';
import { spoilt } from '../../helpers/fuzz/hostile';

let world: FuzzWorld;
beforeAll(async () => {
  world = await openFuzzWorld();
});
afterAll(() => world.close());

const PATHS = Object.values(AGENT_PATHS);

function sound(publicKey: object): object[] {
  const stream = '00000000-0000-4000-8000-00000000aaaa';
  const users = [user(1), user(2)];
  return [
    beatOf(),
    { version: '0.1.0', skewMs: 0 },
    ...[1, 2, 3, 4].map((seq) => ({
      stream,
      events: [reset(seq, world.clock.now()), reset(seq + 1, world.clock.now())],
    })),
    { stream: randomUUID(), events: [reset(1, world.clock.now())] },
    { waitMs: 0, done: [{ id: 'x', outcome: 'done', finding: 'Done.' }] },
    { snapshot: randomUUID(), page: 1, last: true, users },
    { snapshot: randomUUID(), page: 2, last: true, users },
    { token: 'x'.repeat(43), publicKey, machine: { id: 'm', name: 'DC1', os: 'Windows' }, version: '0.1.0' },
  ].map((body) => ({ protocol: PROTOCOL, ...body }));
}
const usualPath = (body: Record<string, unknown>) => {
  if ('events' in body) return AGENT_PATHS.events;
  if ('done' in body) return AGENT_PATHS.commands;
  if ('users' in body) return AGENT_PATHS.inventory;
  return 'token' in body ? AGENT_PATHS.enrol : AGENT_PATHS.beat;
};

/**
 * Simultaneous requests of one agent may change the same record. The bot then tells one of them to try later,
 * which succeeds. It never says so about a lasting fault.
 */
const again =
  <T>(ask: (input: T) => Promise<{ status: number }>) =>
  async (input: T) => {
    for (let tries = 1; ; tries++) {
      const answer = await ask(input);
      if (answer.status !== 503 || tries === 30) return answer;
    }
  };

test(
  '6,000 signed requests of an agent, each spoilt in another way, leave the bot undamaged',
  async () => {
    const { id, signer } = await world.agent('contoso');
    await world.agent('fabrikam');
    const before = await world.keptOf('fabrikam');
    const watched = watchProcess();
    const { send, close } = createSender(world.port);
    const input = fc.record({
      body: spoilt(sound(signer.publicKey)),
      path: fc.oneof(
        { weight: 9, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.constantFrom(...PATHS) },
      ),
      claims: fc.oneof(
        { weight: 8, arbitrary: fc.constant({}) },
        {
          weight: 1,
          arbitrary: spoilt([
            { aud: PUBLIC_URL, iat: 1, exp: 2, jti: 'x', method: 'POST', path: '/x', body: 'x' },
          ]),
        },
      ),
      packed: fc.constantFrom('usual', 'usual', 'usual', 'usual', 'usual', 'usual', 'other', 'broken'),
    });
    const statuses = await fuzzed(
      6_000,
      input,
      again(async ({ body, path, claims, packed }) => {
        const given = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
        // A request for commands stays open for as long as it asks to. That is no hang.
        if (typeof given.waitMs === 'number') given.waitMs = 0;
        const plain = Buffer.from(JSON.stringify(body) ?? '');
        const at = path ?? usualPath(given);
        const zipped = (at === AGENT_PATHS.inventory) === (packed !== 'other');
        const whole = zipped ? gzipSync(plain) : plain;
        const bytes = packed === 'broken' ? whole.subarray(0, whole.length / 2) : whole;
        const now = Math.floor(world.clock.now() / 1000);
        const sound = {
          aud: PUBLIC_URL,
          iat: now,
          exp: now + 60,
          jti: randomUUID(),
          method: 'POST',
          path: at,
          body: bodyHashOf(bytes),
        };
        const kid = at === AGENT_PATHS.enrol ? 'enrol' : id;
        return send({
          method: 'POST',
          path: at,
          headers: {
            host: 'keyturn.example.test',
            'content-type': 'application/json',
            ...(zipped && { 'content-encoding': 'gzip' }),
            authorization: `${SCHEME} ${await signer.sign(kid, { ...sound, ...(claims as object) })}`,
          },
          body: bytes,
        });
      }),
      () => world.advance(1_100),
    );
    expect((await send({ method: 'GET', path: '/healthz' })).status).toBe(200);
    close();
    watched.stop();
    expect(watched.faults).toEqual([]);
    expect(await world.keptOf('fabrikam')).toBe(before);
    expect(shareOf(200, statuses)).toBeGreaterThan(0.2);
    for (const status of [400, 401, 409]) expect(shareOf(status, statuses)).toBeGreaterThan(0.005);
  },
  FUZZ_MS,
);
