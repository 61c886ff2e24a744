import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERSION } from '../../agent/version';
import { openSambaServer } from '../../sandbox/samba/sambaServer';
import { openWine, prepareWine, type WineAgent, windowsPath } from '../helpers/agent/wineAgent';
import { GROUPS, until } from '../helpers/bot/agentToCardWorld';
import { type BotBehindTls, botBehindTls } from '../helpers/browser/botBehindTls';
import { sambaPart } from '../helpers/directory/sambaPart';
import { describeWith } from '../helpers/process/parts';

const tls = (file: string) => join(process.env.KEYTURN_TEST_TLS_DIR ?? '', file);

describeWith(prepareWine(), 'the agent’s executable', () => {
  let wine: WineAgent;
  let bot: BotBehindTls;
  let config: string[];
  beforeAll(async () => {
    wine = openWine();
    config = ['--config', windowsPath(join(wine.folder, 'agent', 'settings.json'))];
    bot = await botBehindTls({
      key: readFileSync(tls('key.pem'), 'utf8'),
      cert: readFileSync(tls('cert.pem'), 'utf8'),
    });
  });
  afterAll(async () => {
    await bot.close();
    wine.close();
  });

  const agent = async () => (await bot.stores.agents.list({ limit: 1 })).items[0]?.value;

  it('starts on Windows and prints its version', async () => {
    await expect(wine.start(['version']).ended).resolves.toEqual({ code: 0, said: `${VERSION}\n` });
  });

  it('enrols over TLS, beats, and seals its keys', async () => {
    const server = ['--server', bot.publicUrl, '--server-ca', windowsPath(tls('ca.pem'))];
    const token = { KEYTURN_INSTALL_TOKEN: await bot.installToken() };
    const enrolled = wine.start([...config, 'enrol', ...server], token);
    await expect(enrolled.ended).resolves.toEqual({
      code: 0,
      said: expect.stringContaining('Enrolled as an agent of Contoso.\n'),
    });

    const running = wine.start([...config, 'run']);
    await until(async () => (await agent())?.health?.connect.state === 'notInstalled');
    running.child.kill('SIGKILL');
    await running.ended;
    expect(await agent()).toMatchObject({
      state: 'online',
      version: VERSION,
      health: { eventLog: { state: 'none' } },
    });
    const sealed = readFileSync(join(wine.folder, 'agent', 'identityKey.dpapi'), 'latin1');
    expect(sealed).not.toContain('Ed25519');
    expect([...sealed].reverse().join('')).toContain('Ed25519');
  });

  it('checks everything it depends on', async () => {
    const { said } = await wine.start([...config, 'doctor']).ended;
    expect(said).toMatch(/ok\s+Bot: https:\/\/127\.0\.0\.1:\d+ knows this agent of Contoso/);
    expect(said).toMatch(/note +Microsoft Entra Connect: Not installed/);
  });

  describeWith(sambaPart, 'the agent’s executable and Samba', () => {
    it('sees a reset on a real domain controller, and the bot shows a card', async () => {
      const samba = await openSambaServer();
      try {
        const { admin, url, fingerprint } = samba;
        const target = await admin.addUser('Zoë Ångström', { password: 'Before-the-reset-1' });
        const file = (name: string) => join(wine.folder, 'agent', name);
        const settings = JSON.parse(readFileSync(file('settings.json'), 'utf8'));
        const directory = { url, account: admin.dn, pin: fingerprint };
        writeFileSync(file('settings.json'), JSON.stringify({ ...settings, directory }));
        writeFileSync(file('directoryPassword.dpapi'), Buffer.from(admin.password).reverse());

        const running = wine.start([...config, 'run']);
        // The first look only remembers.
        const memory = join(file('watch'), 'memory.jsonl');
        await until(() => existsSync(memory) && readFileSync(memory, 'utf8').includes('"usn"'));
        await admin.reset(target, 'After-the-reset-1');
        await until(() => bot.connector.cardsIn(GROUPS.calm).length > 0);
        running.child.kill('SIGKILL');
        await running.ended;
        expect(bot.connector.cardsIn(GROUPS.calm)).toEqual([
          expect.objectContaining({ text: expect.stringContaining('Zoë Ångström') }),
        ]);
        const told = (await bot.stores.events.list({ limit: 9 })).items.map(({ value }) => value.facts.kind);
        expect(told.filter((kind) => kind.startsWith('reset'))).toEqual(['resetSeen']);
      } finally {
        await samba.close();
      }
    });
  });
});
