import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERSION } from '../../agent/version';
import { FakeBot, INSTALL_TOKEN } from '../helpers/fakeBot';
import { openWine, prepareWine, type WineAgent, windowsPath } from '../helpers/wineAgent';

const cannot = prepareWine();
if (cannot) console.log(`The agent’s executable is not tried: ${cannot}`);
const tls = (file: string) => join(process.env.KEYTURN_TEST_TLS_DIR ?? '', file);

(cannot ? describe.skip : describe)('the agent’s executable', () => {
  let wine: WineAgent;
  let bot: FakeBot;
  let config: string[];
  beforeAll(async () => {
    wine = openWine();
    config = ['--config', windowsPath(join(wine.folder, 'agent', 'settings.json'))];
    bot = await new FakeBot().listen({
      key: readFileSync(tls('key.pem'), 'utf8'),
      cert: readFileSync(tls('cert.pem'), 'utf8'),
    });
  }, 90_000);
  afterAll(async () => {
    await bot.close();
    wine.close();
  });

  it('starts on Windows and says its version', async () => {
    await expect(wine.start(['version']).ended).resolves.toEqual({ code: 0, said: `${VERSION}\n` });
  }, 60_000);

  it('enrols over TLS, beats, and has its keys sealed', async () => {
    const server = ['--server', bot.url, '--server-ca', windowsPath(tls('ca.pem'))];
    const enrolled = wine.start([...config, 'enrol', ...server], { KEYTURN_INSTALL_TOKEN: INSTALL_TOKEN });
    await expect(enrolled.ended).resolves.toEqual({ code: 0, said: 'Enrolled as an agent of Contoso.\n' });

    const running = wine.start([...config, 'run']);
    await bot.until(() => bot.beats.some(({ health }) => health.connect.state === 'notInstalled'));
    running.child.kill('SIGKILL');
    await running.ended;
    expect(bot.beats.at(-1)).toMatchObject({ version: VERSION, health: { eventLog: { state: 'none' } } });
    const sealed = readFileSync(join(wine.folder, 'agent', 'identityKey.dpapi'), 'latin1');
    expect(sealed).not.toContain('Ed25519');
    expect([...sealed].reverse().join('')).toContain('Ed25519');
  }, 60_000);

  it('checks what it depends on', async () => {
    const { said } = await wine.start([...config, 'doctor']).ended;
    expect(said).toMatch(/ok\s+Bot: https:\/\/127\.0\.0\.1:\d+ knows this agent of Contoso/);
    expect(said).toMatch(/note +Azure AD Connect: It is not on this machine/);
  }, 60_000);
});
