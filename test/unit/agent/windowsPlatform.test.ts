import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlatformFault } from '../../../agent/ports';
import { ensureLdapsCertificate } from '../../../agent/windows/certificate';
import { commandLineOf } from '../../../agent/windows/commandLine';
import { createWindowsPlatform } from '../../../agent/windows/createWindowsPlatform';
import { windowsPlaces } from '../../../agent/windows/windowsPlaces';
import { type PlayedAnswer, type PlayedPowershell, playPowershell } from '../../helpers/playedPowershell';

const PROTECT = 'SetAccessRuleProtection($true, $false)';

let played: PlayedPowershell;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-windows-'));
});
afterEach(() => {
  played?.remove();
  rmSync(folder, { recursive: true, force: true });
});

function open(...answers: PlayedAnswer[]) {
  played = playPowershell(...answers);
  return createWindowsPlatform({}, played.powershell);
}
const lastCall = () => played.calls().at(-1);
const faultOf = (running: Promise<unknown>) =>
  running.then(
    () => undefined,
    (error) => (error instanceof PlatformFault ? { kind: error.kind, sentence: error.sentence } : error),
  );

describe('secrets on Windows', () => {
  const SECRET = Buffer.from('Sommer-2041 \u0000\u00ff', 'latin1');

  it('are sealed for the machine under their name, and their file is protected', async () => {
    const secrets = open(
      { when: '::Protect(', value: Buffer.from('sealed').toString('base64') },
      { when: PROTECT, value: null },
      { when: '::Unprotect(', value: SECRET.toString('base64') },
    ).secretsIn(folder);
    await secrets.write('queueKey', SECRET);
    const file = join(folder, 'queueKey.dpapi');
    expect(readFileSync(file, 'utf8')).toBe('sealed');
    expect(played.calls()[0]).toMatchObject({
      script: expect.stringMatching(/'LocalMachine'/),
      input: { name: 'queueKey', data: SECRET.toString('base64') },
    });
    expect(lastCall()?.input).toMatchObject({ path: file, folder: false });
    await expect(secrets.read('queueKey')).resolves.toEqual(SECRET);
    expect(lastCall()?.input).toEqual({ name: 'queueKey', data: Buffer.from('sealed').toString('base64') });
    for (const { args } of played.calls()) expect(args.join(' ')).not.toContain(SECRET.toString('base64'));
  });

  it('are not there before they are written, and after they are removed', async () => {
    const secrets = open({ when: '::Protect(', value: 'AAAA' }, { when: PROTECT, value: null }).secretsIn(
      join(folder, 'new'),
    );
    await expect(secrets.read('identityKey')).resolves.toBeUndefined();
    await secrets.remove('identityKey');
    await secrets.write('identityKey', SECRET);
    await secrets.remove('identityKey');
    await expect(secrets.read('identityKey')).resolves.toBeUndefined();
  });

  it('of another machine do not open, which is told', async () => {
    const secrets = open(
      { when: '::Protect(', value: 'AAAA' },
      { when: PROTECT, value: null },
      { when: '::Unprotect(', recording: 'dpapiForeign' },
    ).secretsIn(folder);
    await secrets.write('identityKey', SECRET);
    await expect(faultOf(secrets.read('identityKey'))).resolves.toEqual({
      kind: 'files',
      sentence: expect.stringMatching(/copied from another one\?/),
    });
  });

  it('are not written down when they could not be sealed', async () => {
    const secrets = open({ when: '::Protect(', recording: 'constrainedLanguage' }).secretsIn(folder);
    await expect(faultOf(secrets.write('identityKey', SECRET))).resolves.toMatchObject({ kind: 'files' });
    expect(existsSync(join(folder, 'identityKey.dpapi'))).toBe(false);
  });
});

describe('an access list', () => {
  it('has no inheritance, SYSTEM, administrators and the account of the agent', async () => {
    const { protect } = open({ when: PROTECT, value: null });
    await protect('C:\\ProgramData\\Keyturn Agent', 'folder', 'CONTOSO\\keyturn$');
    expect(lastCall()).toMatchObject({
      input: {
        path: 'C:\\ProgramData\\Keyturn Agent',
        folder: true,
        task: 'Keyturn Agent',
        account: 'CONTOSO\\keyturn$',
      },
    });
    for (const who of [
      "'S-1-5-18'",
      "'S-1-5-32-544'",
      'GetCurrent()',
      '$task.Principal.UserId',
      '$in.account',
    ])
      expect(lastCall()?.script).toContain(who);
  });

  it.each(['madeByOthers', 'isLink'])('is not given to what is not ours (%s)', async (recording) => {
    const { protect } = open({ when: PROTECT, recording });
    await expect(faultOf(protect('C:\\x', 'folder'))).resolves.toEqual({
      kind: 'files',
      sentence: expect.stringMatching(/^C:\\x was made by somebody else than an administrator/),
    });
  });

  it('that could not be set is a fault', async () => {
    const { protect } = open({ when: PROTECT, recording: 'icaclsDenied' });
    await expect(faultOf(protect('C:\\x', 'file'))).resolves.toEqual({
      kind: 'files',
      sentence: expect.stringMatching(/^The access list of C:\\x could not be set/),
    });
  });
});

describe('the start-up task', () => {
  const program = { file: 'C:\\Program Files\\Keyturn Agent\\keyturn-agent.exe', args: ['run'] };

  it('runs as SYSTEM at start-up, without a limit of time, once, and again when it ended', async () => {
    const { startUpTask } = open({ when: 'Register-ScheduledTask', value: null });
    await startUpTask.register({ ...program, args: ['--config', 'C:\\a b\\agent.json', 'run'] });
    expect(lastCall()?.input).toMatchObject({
      task: 'Keyturn Agent',
      file: program.file,
      arguments: '--config "C:\\a b\\agent.json" run',
      account: null,
    });
    for (const part of [
      '-AtStartup',
      '-RestartCount 999',
      '-ExecutionTimeLimit ([TimeSpan]::Zero)',
      '-MultipleInstances IgnoreNew',
      "-UserId 'S-1-5-18' -LogonType ServiceAccount",
      '-UserId $in.account -LogonType Password',
      '-Force',
    ])
      expect(lastCall()?.script).toContain(part);
  });

  it.each([
    ['taskDenied', 'notAdministrator', /started as administrator/],
    ['taskAccountUnknown', 'task', /Install-ADServiceAccount/],
    ['icaclsDenied', 'notAdministrator', /started as administrator/],
    ['dpapiForeign', 'task', /Task Scheduler at "Keyturn Agent"/],
  ])('tells %s in words', async (recording, kind, sentence) => {
    const { startUpTask } = open({ when: 'Register-ScheduledTask', recording });
    await expect(
      faultOf(startUpTask.register({ ...program, account: 'CONTOSO\\keyturn$' })),
    ).resolves.toEqual({
      kind,
      sentence: expect.stringMatching(sentence),
    });
  });

  it('is started enabled and stopped disabled, this very process left alone', async () => {
    const { startUpTask } = open(
      { when: 'Start-ScheduledTask', value: null },
      { when: 'Stop-ScheduledTask', value: null },
    );
    await startUpTask.start();
    expect(lastCall()?.script).toMatch(/Enable-ScheduledTask[\s\S]*Start-ScheduledTask/);
    await startUpTask.stop();
    expect(lastCall()?.script).toMatch(/Disable-ScheduledTask[\s\S]*Stop-ScheduledTask/);
    expect(lastCall()?.input).toEqual({ task: 'Keyturn Agent', pid: process.pid });
  });

  it.each([
    ['Absent', 'absent'],
    ['Ready', 'stopped'],
    ['Disabled', 'stopped'],
    ['Running', 'running'],
  ])('that is %s is %s', async (value, state) => {
    const { startUpTask } = open({ when: "'Absent'", value });
    await expect(startUpTask.state()).resolves.toBe(state);
  });

  it('takes its arguments apart again as they were', () => {
    expect(commandLineOf(['run', '', 'a b', 'C:\\x y\\', 'say "hi"', '\\\\"'])).toBe(
      'run "" "a b" "C:\\x y\\\\" "say \\"hi\\"" "\\\\\\\\\\""',
    );
  });
});

describe('the machine', () => {
  it('is known by its MachineGuid, which a copy of it shares, its name, and its domain', async () => {
    const platform = open({ when: 'MachineGuid', value: { id: '6f1d-4711', domain: 'contoso.test' } });
    await expect(platform.machine()).resolves.toMatchObject({
      id: `6f1d-4711|${hostname()}`,
      domain: 'contoso.test',
    });
    played.remove();
    const alone = open({ when: 'MachineGuid', value: { id: '6f1d-4711', domain: null } });
    await expect(alone.machine()).resolves.not.toHaveProperty('domain');
  });

  it('says whether this is an administrator', async () => {
    await expect(open({ when: 'IsInRole', value: false }).isAdministrator()).resolves.toBe(false);
    played.remove();
    await expect(
      faultOf(open({ when: 'IsInRole', recording: 'constrainedLanguage' }).isAdministrator()),
    ).resolves.toEqual({ kind: 'files', sentence: expect.stringMatching(/Is PowerShell restricted/) });
  });

  it('says where things lie, whatever its drive', () => {
    const env = { systemroot: 'D:\\Windows', ProgramData: 'D:\\Data', ProgramFiles: 'relative' };
    expect(windowsPlaces(env)).toEqual({
      programFolder: 'C:\\Program Files\\Keyturn Agent',
      dataFolder: 'D:\\Data\\Keyturn Agent',
      powershell: 'D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    });
  });
});

describe('a certificate for LDAPS', () => {
  const made = {
    name: 'dc1.contoso.test',
    made: true,
    sha256: 'ab'.repeat(32),
    notAfter: '2031-11-23T09:00:00.0000000Z',
  };

  it('is made when none serves, and its fingerprint told', async () => {
    open({ when: 'New-SelfSignedCertificate', value: made });
    await expect(ensureLdapsCertificate(played.powershell)).resolves.toEqual(made);
    expect(lastCall()?.script).toMatch(/if \(\$made\) \{[\s\S]*renewServerCertificate/);
  });

  it('is not made where no domain controller is, or by nobody who may', async () => {
    open({ when: 'New-SelfSignedCertificate', recording: 'notController' });
    await expect(faultOf(ensureLdapsCertificate(played.powershell))).resolves.toMatchObject({
      sentence: expect.stringMatching(/no domain controller/),
    });
    played.remove();
    open({ when: 'New-SelfSignedCertificate', recording: 'taskDenied' });
    await expect(faultOf(ensureLdapsCertificate(played.powershell))).resolves.toMatchObject({
      kind: 'notAdministrator',
    });
  });
});
