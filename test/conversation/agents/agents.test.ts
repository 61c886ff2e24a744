import type { Agent } from '../../../domain/agents/agent';
import { useInstallLink } from '../../../domain/agents/enrolment/installLink';
import { textOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import { enrolledAgent } from '../../helpers/botWorld/enrolledAgent';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
let customerId: string;

beforeEach(async () => {
  customerId = await addsCustomer(world.seat(world.site.tess), 'Contoso');
});

const enrolled = (id: string, more: Partial<Agent> = {}): Promise<void> =>
  enrolledAgent(world.bot, { customerId, id, now: world.site.clock.now() }, more);

test('“install agent” gives a button to a page; only a command that was made there has the customer wait', async () => {
  const tess = world.seat(world.site.tess);
  const seen = await tess.says('install agent contoso');
  const link = seen.messages.find(({ signIn }) => signIn)?.signIn?.link ?? '';
  expect(new URL(link).pathname).toBe('/agents/install');
  expect((await world.bot.stores.installTokens.list({ limit: 10 })).items).toEqual([]);
  const stored = JSON.stringify((await world.bot.stores.oneTimeLinks.list({ limit: 10 })).items);
  const handle = new URL(link).searchParams.get('h') ?? '';
  expect(stored).not.toContain(handle);
  const directory = async () =>
    (await world.bot.stores.customers.get(customerId))?.value.activeDirectory.state;
  expect(await directory()).toBe('notChosen');
  await useInstallLink({ ...world.bot.keys, stores: world.bot.stores, firstAdmins: [] }, handle);
  expect(await directory()).toBe('waiting');
});

test.each(['groupChat', 'channel'] as const)(
  'where others read along (%s) there is no link',
  async (kind) => {
    const tess = world.seat(world.site.tess, { id: `19:${kind}`, kind });
    const seen = await tess.says('install agent contoso');
    expect(seen.text).toContain('in our personal chat');
    expect(seen.messages.some(({ signIn }) => signIn)).toBe(false);
    expect((await world.bot.stores.oneTimeLinks.list({ limit: 10 })).items).toEqual([]);
  },
);

test('an approver gets no install command', async () => {
  const abe = world.seat(world.site.abe);
  expect((await abe.says('install agent contoso')).text).toContain('may not');
  expect((await world.bot.stores.oneTimeLinks.list({ limit: 10 })).items).toEqual([]);
});

test('all agents are shown, each with its work and its health', async () => {
  await enrolled('dc1');
  await enrolled('dc2', {
    state: 'offline',
    skewMs: -600_000,
    waiting: { events: 3 },
    health: {
      directory: { state: 'certificate', finding: 'The certificate has expired. Renew it.' },
      connect: { state: 'staging' },
      eventLog: { state: 'none' },
    },
  });
  const seen = await world.seat(world.site.tess).says('agents contoso');
  expect(seen.text).toContain('DC1 ✓ Online');
  expect(seen.text).toContain('Reads from: dc1.contoso.test');
  expect(seen.text).toContain('Microsoft Entra Connect is ready');
  expect(seen.text).toContain('DC2 ✗ Offline');
  expect(seen.text).toContain('The certificate has expired. Renew it.');
  expect(seen.text).toContain('staging mode');
  expect(seen.text).toContain('Its clock is 10 min fast');
  expect(seen.text).toContain('Waiting: 3 events');
});

test('the card shows an agent’s server role, what does not count, and a key that wants to replace its key', async () => {
  await enrolled('aadc1', { place: 'otherServer', ignored: { resets: 3, users: 200, toldAt: 0 } });
  const now = world.site.clock.now();
  const machine = { id: 'aadc1', name: 'AADC1', os: 'Windows Server 2022' };
  const publicKey = { kty: 'OKP', crv: 'Ed25519', x: 'y'.repeat(43) } as const;
  await world.bot.stores.installTokens.insert('t', {
    ...{ customerId, issuedBy: { id: 'tess', name: 'Tess' }, conversationId: 'c', issuedAt: now },
    expiresAt: now + 120_000,
    replacement: {
      ...{ agentId: 'aadc1', oldKey: 'x'.repeat(43), machine, publicKey, version: '0.1.0' },
      ...{ askedAt: now, expiresAt: now + 60_000, state: 'waiting' },
    },
  });
  const tess = world.seat(world.site.tess);
  const { text } = await tess.says('agents contoso');
  expect(text).toContain('Another key wants to replace this agent');
  expect(text).toContain('Installed for: another server');
  expect(text).toContain('Not counted: 3 resets and 200 users');
  world.site.clock.advance(60_000);
  expect((await tess.says('agents contoso')).text).not.toContain('Another key');
});

test('the card shows what an agent cannot read, and how much of it the bot cannot read, with what to do', async () => {
  await enrolled('dc1', {
    notRead: { events: 3, users: 1, lastAt: 0, toldAt: 0 },
    health: {
      directory: { state: 'reading', unreadUsers: 12 },
      connect: { state: 'notInstalled' },
      eventLog: { state: 'read' },
    },
  });
  const seen = await world.seat(world.site.tess).says('agents contoso');
  expect(seen.text).toMatch(/DC1 ⚠ Needs attention/);
  expect(seen.text).toContain('12 users in Active Directory cannot be read');
  expect(seen.text).toContain('Give the agent’s account the right to read objectGUID and pwdLastSet');
  expect(seen.text).toContain('could not read 3 events and 1 user');
});

test('a finding of an agent is shown, whatever kind it is', async () => {
  const eventLog = { state: 'read' } as const;
  const finding = 'It was installed without one. Install it again with --make-account.';
  const directory = { state: 'notConfigured', finding } as const;
  await enrolled('dc1', { health: { directory, connect: { state: 'notInstalled' }, eventLog } });
  const hangs = 'Azure AD Connect did not answer in time. Check whether its service ADSync hangs.';
  await enrolled('aadc1', { health: { directory, connect: { state: 'unknown', finding: hangs }, eventLog } });
  const seen = await world.seat(world.site.tess).says('agents contoso');
  expect(seen.text).toContain(`It reads no directory. It says: “${finding}”`);
  expect(seen.text).toContain(hangs);
  expect(seen.text.split(finding)).toHaveLength(2);
});

test('revoking takes effect at once, once, and is audited; a second click changes nothing', async () => {
  await enrolled('dc1');
  const tess = world.seat(world.site.tess);
  await tess.says('agents contoso');
  const card = tess.card;
  const seen = await tess.clicks(card, 'Revoke');
  expect(textOf(seen.card)).toContain('DC1 is revoked');
  const { items } = await world.bot.stores.audit.list({ where: { customerId }, limit: 100 });
  expect(items.map(({ value }) => value).filter(({ action }) => action === 'agent.revoke')).toMatchObject([
    { actor: { name: world.site.tess.name }, target: 'DC1', outcome: 'done' },
  ]);
  const revoked = await world.bot.stores.agents.list({ limit: 10 });
  expect(revoked.items).toMatchObject([{ value: { state: 'revoked' } }]);
  world.site.clock.advance(60_000);
  const data = { customerId, agentId: 'dc1', do: 'revoke' };
  const again = await tess.executes({ type: 'Action.Execute', verb: 'agent', data }, card?.id);
  expect(textOf(again.card)).toContain('DC1 is revoked');
  expect(await world.bot.stores.agents.list({ limit: 10 })).toEqual(revoked);
});

test('a card of one customer cannot revoke an agent of another', async () => {
  const other = await addsCustomer(world.seat(world.site.tess), 'Fabrikam');
  await enrolled('dc1', { customerId: other });
  const seen = await world.seat(world.site.tess).executes({
    type: 'Action.Execute',
    verb: 'agent',
    data: { customerId, agentId: 'dc1', do: 'revoke' },
  });
  expect(seen.text).toContain('This agent was removed');
  expect((await world.bot.stores.agents.get('dc1'))?.value.state).toBe('online');
});

test('the agents with a problem come first, four on a page, and the heading counts all of them', async () => {
  for (let n = 1; n <= 6; n++) await enrolled(`dc${n}`, n === 6 ? { state: 'offline' } : {});
  const tess = world.seat(world.site.tess);
  const { text } = await tess.says('agents contoso');
  expect(text).toMatch(
    /^1 of 6 agents of Contoso is offline DC6 ✗ Offline › No contact with DC6 since .* DC1/,
  );
  expect(text).not.toContain('DC4');
  expect((await tess.clicks(tess.card, 'Next')).text).toMatch(/is offline DC4 ✓ Online/);
});
