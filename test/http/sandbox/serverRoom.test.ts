import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { PasswordReset } from '../../../domain/agentProtocol/agentEvent';
import type { CarriedAccount } from '../../../sandbox/customer/hashSync';
import { type Customer, startCustomer } from '../../../sandbox/customer/startCustomer';
import { TENANTS } from '../../../sandbox/microsoft/tenants';
import { makeUsers } from '../../../sandbox/microsoft/users';
import { FakeBot, INSTALL_TOKEN } from '../../helpers/agent/fakeBot';

const fabrikam = TENANTS.find(({ domain }) => domain === 'fabrikam.example');

describe('the customer of the sandbox', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-customer-'));
  const carried: CarriedAccount[] = [];
  let bot: FakeBot;
  let customer: Customer;
  const start = async () => {
    customer = await startCustomer({
      folder,
      port: 0,
      botUrl: bot.url,
      microsoft: {
        users: () => (fabrikam ? makeUsers(fabrikam, Date.now()) : []),
        syncPasswords: (_tenant, accounts) => void carried.push(...accounts),
      },
    });
  };
  beforeAll(async () => {
    bot = await new FakeBot().listen();
    await start();
  });
  afterAll(async () => {
    await customer.stop();
    await bot.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const page = async (search = '') =>
    (await fetch(`${customer.url}/?q=${encodeURIComponent(search)}`)).text();
  const post = async (path: string, form: Record<string, string>, headers: Record<string, string> = {}) => {
    const body = new URLSearchParams(form);
    const answer = await fetch(`${customer.url}${path}`, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
    });
    return { status: answer.status, text: await answer.text() };
  };
  const user = async (name: string) =>
    (await customer.directory.users()).find(({ samAccountName }) => samAccountName === name);
  const told = () => bot.told.filter((event): event is PasswordReset => event.type === 'reset');

  it('has the people that its tenant has from there, and a few awkward ones', async () => {
    const users = await customer.directory.users();
    const synced = users.filter(({ consistencyGuid }) => consistencyGuid);
    expect(synced).toHaveLength(fabrikam?.users.synced ?? 0);
    expect(await user('adm-brandt')).toMatchObject({ adminCount: 1 });
    expect(users.filter(({ pwdLastSet }) => pwdLastSet === '0')).toHaveLength(1);
    expect(users.filter(({ userAccountControl }) => userAccountControl & 2)).toHaveLength(1);
    expect(await page('佐藤')).toContain('Zoë Ångström-Łukasiewicz 佐藤');
  });

  it('shows everything that was typed as text only, and lets no other page act', async () => {
    const answer = await fetch(`${customer.url}/?q=${encodeURIComponent('"><script>typed')}`);
    const shown = await answer.text();
    expect(shown).toContain('&#62;&#60;script&#62;typed');
    expect(shown).not.toContain('<script>typed');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await fetch(`${customer.url}/reset`)).status).toBe(404);
    const before = await user('jonas.brandt');
    const asked = { user: 'jonas.brandt' };
    expect((await post('/reset', asked, { origin: 'http://elsewhere.example' })).status).toBe(403);
    expect(await postAs('elsewhere.example')).toBe(403);
    expect(await user('jonas.brandt')).toEqual(before);
  });

  it.each([
    [{ user: 'nobody' }, 'There is no user nobody.'],
    [{ user: 'jonas.brandt', how: 'magic' }, 'Send user=ACCOUNT'],
    [{}, 'Send user=ACCOUNT'],
  ])('says what is wrong with %j', async (form: Record<string, string>, sentence) => {
    expect((await post('/reset', form)).text).toContain(sentence);
  });

  it('installs an agent with only the install command', async () => {
    expect((await post('/install', { line: 'hello' })).text).toContain('That is no install command');
    expect((await post('/install', { line: 'x'.repeat(43) })).text).toContain('token');
    expect(customer.agent.state()).toBe('notInstalled');
    const line = `$env:KEYTURN_INSTALL_TOKEN = '${INSTALL_TOKEN}'`;
    expect((await post('/install', { line })).text).toContain('Enrolled as an agent of Contoso.');
    await whenWatching();
    expect(await page()).toContain('To Keyturn it is an agent of Contoso.');
  });

  it('reports a reset to the bot, with who did it', async () => {
    await post('/reset', { user: 'jonas.brandt' });
    await post('/reset', { user: 'chloe.costa', how: 'user' });
    await bot.until(() => told().length === 2);
    expect(told()).toEqual([
      expect.objectContaining({
        how: 'reset',
        by: expect.objectContaining({ name: 'adm-brandt' }),
        late: false,
      }),
      expect.objectContaining({ how: 'change', late: false }),
    ]);
  });

  it('reports late what happened while the agent was stopped', async () => {
    await post('/agent', { wanted: 'stopped' });
    expect(customer.agent.state()).toBe('stopped');
    await post('/reset', { user: 'jonas.brandt', how: 'mustChange' });
    await post('/agent', { wanted: 'running' });
    await bot.until(() => told().length === 3);
    expect(told().at(-1)).toMatchObject({ mustChange: true, late: true });
  });

  it('an install command that the bot refuses leaves the agent running as before', async () => {
    bot.refusing = 'unsupportedProtocol';
    const { status, text } = await post('/install', { line: 'x'.repeat(43) });
    bot.refusing = undefined;
    expect([status, text]).toEqual([200, expect.not.stringContaining('agent of')]);
    await whenWatching();
    const before = told().length;
    await post('/reset', { user: 'chloe.costa' });
    await bot.until(() => told().length === before + 1);
  });

  it('continues where it was after a restart, its agent too', async () => {
    const before = await user('jonas.brandt');
    await customer.stop();
    await start();
    expect(await user('jonas.brandt')).toEqual(before);
    await whenWatching();
    expect(told()).toHaveLength(4);
    await post('/reset', { user: 'jonas.brandt' });
    await bot.until(() => told().length === 5);
    expect(told().at(-1)?.password.version).toBe((told()[2]?.password.version ?? 0) + 1);
  });

  async function whenWatching(): Promise<void> {
    while (customer.agent.state() !== 'watching') await delay(20);
  }

  /** Posts like a browser that was led here by another name. */
  const postAs = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request(`${customer.url}/reset`, { method: 'POST', headers: { host } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on('error', reject);
      asked.end();
    });
});
