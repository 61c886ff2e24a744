import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FakeBot, INSTALL_TOKEN } from '../helpers/agent/fakeBot';
import { openWine, prepareWine, type WineAgent, windowsPath } from '../helpers/agent/wineAgent';
import { describeWith } from '../helpers/process/parts';

describeWith(prepareWine(), 'the agent’s executable as a file', () => {
  const built = (name: string) => readFileSync(resolve(__dirname, '../../build/agent', name));

  it('has no part left of the runtime’s signature, which no tool could repair', () => {
    const executable = built('keyturn-agent.exe');
    const certificates = executable.readUInt32LE(0x3c) + 24 + 112 + 4 * 8;
    expect([executable.readUInt32LE(certificates), executable.readUInt32LE(certificates + 4)]).toEqual([
      0, 0,
    ]);
  });

  it.each(['keyturn-agent.exe', 'keyturn-agent.cjs'])('%s lies beside its checksum', (name) => {
    const digest = createHash('sha256').update(built(name)).digest('hex');
    expect(built(`${name}.sha256`).toString('utf8')).toBe(`${digest}  ${name}\n`);
  });
});

/** OpenSSL would load this library into every program that reads these settings. */
const ENGINE = `nodejs_conf = all
[all]
engines = engines
[engines]
evil = evil
[evil]
dynamic_path = evil.dll
init = 1
`;

describeWith(prepareWine(), 'two agents on one data folder of Windows', () => {
  let wine: WineAgent;
  let bot: FakeBot;
  beforeAll(async () => {
    wine = openWine();
    bot = await new FakeBot().listen();
  });
  afterAll(async () => {
    await bot.close();
    wine.close();
  });

  it('run one at a time: the second ends at once, and may run after the first was killed', async () => {
    const config = ['--config', windowsPath(join(wine.folder, 'agent', 'settings.json'))];
    // As from PowerShell 7: the stand-in for Windows PowerShell fails when a variable points to other
    // modules. No module that a person's variables choose, and no code that they name, may get into a program
    // that may run elevated.
    const hostile = windowsPath(wine.folder);
    writeFileSync(join(wine.folder, 'evil.cjs'), 'process.exit(99);');
    writeFileSync(join(wine.folder, 'evil.cnf'), ENGINE);
    const env = {
      PSModulePath: 'C:\\Program Files\\PowerShell\\7\\Modules',
      NODE_OPTIONS: `--require ${hostile.replaceAll('\\', '/')}/evil.cjs`,
      OPENSSL_CONF: `${hostile}\\evil.cnf`,
    };
    const enrolled = wine.start([...config, 'enrol', '--server', bot.url], {
      KEYTURN_INSTALL_TOKEN: INSTALL_TOKEN,
      ...env,
    });
    await expect(enrolled.ended).resolves.toMatchObject({ code: 0 });
    const first = wine.start([...config, 'run'], env);
    await bot.until(() => bot.beats.length === 1);
    const second = await wine.start([...config, 'run'], env).ended;
    expect(second).toEqual({ code: 23, said: expect.stringMatching(/^Another agent runs with Z:/) });
    first.child.kill('SIGKILL');
    await first.ended;
    const third = wine.start([...config, 'run'], env);
    await bot.until(() => bot.beats.length === 2);
    third.child.kill('SIGKILL');
    await third.ended;
  });
});
