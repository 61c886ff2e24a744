import { createEnrolments } from '../../../bot/jobs/tellEnrolment';
import type { InstallToken } from '../../../domain/agents/agent';
import { textOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import type { Seat } from '../../helpers/botWorld/seat';
import { ConnectorFault, type Message } from '../../helpers/botWorld/teams';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const KEY = (letter: string) => ({ kty: 'OKP', crv: 'Ed25519', x: letter.repeat(43) }) as const;
const TOKEN = 'hash-of-a-token';
let tess: Seat;
let customerId: string;

beforeEach(async () => {
  tess = world.seat(world.site.tess);
  await tess.installs();
  customerId = await addsCustomer(tess, 'Fabrikam');
  world.site.teams.messages.length = 0;
});

/** A program on a machine that calls itself `name` wants to replace DC1's agent. */
async function asked(name = 'DC1'): Promise<InstallToken> {
  const now = world.site.clock.now();
  const by = { id: world.site.tess.id ?? '', name: 'Tess' };
  const machine = { id: 'm1', name: 'DC1', os: 'Windows Server 2022' };
  await world.bot.stores.agents.insert('dc1', {
    customerId,
    machine,
    ...{ publicKey: KEY('a'), version: '0.1.0', enrolledAt: now, enrolledBy: by, enrolledWith: 'other' },
    ...{ state: 'online', stateSince: now, lastBeatAt: now, skewMs: 0, waiting: { events: 0 } },
    address: '192.0.2.10',
  });
  const token: InstallToken = {
    ...{ customerId, place: 'domainController', issuedBy: by, issuedAt: now, expiresAt: now + 90 * 60_000 },
    conversationId: tess.conversation.id,
    used: { machineId: 'm1', key: KEY('b').x, at: now },
    replacement: {
      ...{ agentId: 'dc1', oldKey: KEY('a').x, publicKey: KEY('b'), version: '0.1.0' },
      machine: { ...machine, name },
      ...{ address: '203.0.113.7', askedAt: now, expiresAt: now + 30 * 60_000, state: 'waiting' },
    },
  };
  await world.bot.stores.installTokens.insert(TOKEN, token);
  await enrolments().ask(TOKEN, token);
  await world.bot.runner.tick();
  return token;
}
const enrolments = () => createEnrolments({ stores: world.bot.stores, clock: world.site.clock });
const cards = () => world.site.teams.messages.map(({ card }) => textOf(card));
/** The card as a person sees it now; the person may click it later. */
function shown(): Message {
  const [message] = world.site.teams.messages;
  if (!message) throw new TypeError('no card');
  return { ...message };
}
const state = async () => (await world.bot.stores.installTokens.get(TOKEN))?.value.replacement?.state;

test('the card shows both machines’ addresses and key fingerprints, and asks yes or no', async () => {
  await asked();
  expect(cards()).toHaveLength(1);
  const [text = ''] = cards();
  expect(text).toContain('Another key wants to replace the agent on DC1: Fabrikam');
  expect(text).toContain('the install command that Tess made');
  for (const part of ['192.0.2.10', '203.0.113.7', 'The agent now', 'The new program'])
    expect(text).toContain(part);
  expect(text.match(/Key [0-9a-f]{4}( [0-9a-f]{4}){7}/g)).toHaveLength(2);
  expect(world.site.teams.messages[0]?.summary).toContain('wants to replace the agent on DC1: Fabrikam');
});

test.each([
  ['Yes, replace DC1', 'allowed', 'Tess allowed'],
  ['No, keep it', 'refused', 'Tess refused'],
] as const)('“%s” is written down, and the card says so and asks no more', async (button, is, words) => {
  await asked();
  const open = shown();
  await tess.clicks(open, button);
  expect(await state()).toBe(is);
  const seen = await tess.clicks(open, button);
  expect(seen.text).toContain(words);
  expect(seen.text).not.toContain('No, keep it');
  expect(await state()).toBe(is);
});

test('an approver cannot answer', async () => {
  await asked();
  const abe = world.seat(world.site.abe);
  await abe.clicks(shown(), 'Yes, replace DC1');
  expect(await state()).toBe('waiting');
});

test('a card that nobody answered closes by itself, and a late click changes nothing', async () => {
  await asked();
  const open = shown();
  world.site.clock.advance(31 * 60_000);
  await world.bot.runner.tick();
  expect(cards()).toEqual([expect.stringContaining('Nobody answered within half an hour')]);
  await tess.clicks(open, 'Yes, replace DC1');
  expect(await state()).toBe('waiting');
});

test('what the machine says about itself is bounded, and never becomes a link', async () => {
  await asked(`session expired, open https://evil.example/${'x'.repeat(500)}`);
  const [text = ''] = cards();
  expect(text).not.toContain('https://');
  expect(text).toContain('https[:]//');
  expect(text).not.toContain('x'.repeat(100));
});

describe('an enrolment', () => {
  const told = () => world.site.teams.messages.map(({ card }) => textOf(card));
  const enrolled = (after: string) =>
    world.bot.stores.audit.insert(`enrol:${TOKEN}:agent.enrol`, {
      ...{ at: 0, actor: { id: 'tess', name: 'Tess' }, conversationId: '', action: 'agent.enrol' as const },
      ...{ customerId, target: 'DC1', outcome: 'done' as const, after },
    });

  it('is told once, after it is done, in the conversation that asked for the command', async () => {
    const token = await asked();
    world.site.teams.messages.length = 0;
    const program = { name: 'DC1 https://evil.example', publicKey: KEY('b'), address: '203.0.113.7' };
    await enrolments().tell(TOKEN, token, program);
    await world.bot.runner.tick();
    expect(told()).toEqual([]);
    await enrolled('installed');
    world.site.clock.advance(5_000);
    for (let n = 0; n < 3; n++) {
      await enrolments().tell(TOKEN, token, program);
      await world.bot.runner.tick();
    }
    expect(told()).toEqual([
      expect.stringMatching(
        /DC1 https\[:\]\/\/evil\.example is enrolled at Fabrikam.*Key [0-9a-f ]{39}, from address 203\.0\.113\.7\..*\[Open agents\]/,
      ),
    ]);
  });

  it('is told later when Teams does not take the message now', async () => {
    const token = await asked();
    world.site.teams.messages.length = 0;
    await enrolled('installed again');
    const known = await world.bot.stores.references.get(tess.conversation.id);
    if (!known) throw new TypeError('no reference');
    await enrolments().tell(TOKEN, token, { name: 'DC1', publicKey: KEY('b') });
    world.site.teams.fails(new ConnectorFault(502));
    await world.bot.runner.tick();
    expect(told()).toEqual([]);
    world.site.clock.advance(60_000);
    await world.bot.runner.tick();
    expect(told()).toEqual([expect.stringContaining('DC1 is installed again at Fabrikam')]);
  });
});
