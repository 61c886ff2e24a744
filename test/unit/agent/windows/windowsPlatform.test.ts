import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlatformFault, SecretUnreadable } from '../../../../agent/ports';
import { commandLineOf } from '../../../../agent/windows/commandLine';
import { createWindowsPlatform } from '../../../../agent/windows/createWindowsPlatform';
import {
  type PlayedAnswer,
  type PlayedPowershell,
  playPowershell,
} from '../../../helpers/agent/powershell/playedPowershell';

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
  return createWindowsPlatform('C:\\Windows\\System32', played.powershell);
}
const lastCall = () => played.calls().at(-1);
const faultOf = (running: Promise<unknown>) =>
  running.then(
    () => undefined,
    (error) => (error instanceof PlatformFault ? { kind: error.kind, sentence: error.sentence } : error),
  );

describe('secrets on Windows', () => {
  const SECRET = Buffer.from('Sommer-2041 \u0000\u00ff', 'latin1');

  it('are sealed for this machine under their name', async () => {
    const secrets = open(
      { when: '::Protect(', value: Buffer.from('sealed').toString('base64') },
      { when: '::Unprotect(', value: SECRET.toString('base64') },
    ).secretsIn(folder);
    await secrets.write('queueKey', SECRET);
    const file = join(folder, 'queueKey.dpapi');
    expect(readFileSync(file, 'utf8')).toBe('sealed');
    expect(played.calls()[0]).toMatchObject({
      script: expect.stringMatching(/'LocalMachine'/),
      input: { name: 'queueKey', data: SECRET.toString('base64') },
    });
    await expect(secrets.read('queueKey')).resolves.toEqual(SECRET);
    expect(lastCall()?.input).toEqual({ name: 'queueKey', data: Buffer.from('sealed').toString('base64') });
    for (const { args } of played.calls()) expect(args.join(' ')).not.toContain(SECRET.toString('base64'));
  });

  it('are absent before they are written, and after they are removed', async () => {
    const secrets = open({ when: '::Protect(', value: 'AAAA' }).secretsIn(join(folder, 'new'));
    await expect(secrets.read('identityKey')).resolves.toBeUndefined();
    await secrets.remove('identityKey');
    await secrets.write('identityKey', SECRET);
    await secrets.remove('identityKey');
    await expect(secrets.read('identityKey')).resolves.toBeUndefined();
  });

  it('of another machine do not open, and the agent says so', async () => {
    const secrets = open(
      { when: '::Protect(', value: 'AAAA' },
      { when: '::Unprotect(', recording: 'dpapiForeign' },
    ).secretsIn(folder);
    await secrets.write('identityKey', SECRET);
    await expect(faultOf(secrets.read('identityKey'))).resolves.toEqual({
      kind: 'files',
      sentence: expect.stringMatching(/copied or restored from another one\?/),
    });
    await expect(secrets.read('identityKey')).rejects.toBeInstanceOf(SecretUnreadable);
  });

  it('may still open later, unless PowerShell says that they do not', async () => {
    const secrets = open(
      { when: '::Protect(', value: 'AAAA' },
      { when: '::Unprotect(', recording: 'constrainedLanguage' },
    ).secretsIn(folder);
    await secrets.write('identityKey', SECRET);
    const fault = await secrets.read('identityKey').catch((error) => error);
    expect(fault).toMatchObject({ kind: 'files', sentence: expect.stringMatching(/PowerShell restricted/) });
    expect(fault).not.toBeInstanceOf(SecretUnreadable);
  });

  it('are not written when they cannot be sealed', async () => {
    const secrets = open({ when: '::Protect(', recording: 'constrainedLanguage' }).secretsIn(folder);
    await expect(faultOf(secrets.write('identityKey', SECRET))).resolves.toMatchObject({ kind: 'files' });
    expect(existsSync(join(folder, 'identityKey.dpapi'))).toBe(false);
  });
});

describe('the start-up task', () => {
  const program = { file: 'C:\\Program Files\\Keyturn Agent\\keyturn-agent.exe', args: ['run'] };

  it('runs as SYSTEM at start-up, without a time limit, once, and again after its end', async () => {
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
      '-Priority 5',
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

  it('is enabled before the start and disabled before the stop, and spares this process', async () => {
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

  it.each([
    [0, undefined],
    [0x41303, undefined],
    [13, 'It ended with code 13.'],
    [0x80070569, expect.stringMatching(/"Log on as a batch job"/)],
    [0x80070002, 'Windows said 0x80070002.'],
  ])('that ended with %d says why', async (value, why) => {
    const { startUpTask } = open({ when: 'LastTaskResult', value });
    await expect(startUpTask.whyEnded()).resolves.toEqual(why);
  });

  it('splits its command line into the same arguments', () => {
    expect(commandLineOf(['run', '', 'a b', 'C:\\x y\\', 'say "hi"', '\\\\"'])).toBe(
      'run "" "a b" "C:\\x y\\\\" "say \\"hi\\"" "\\\\\\\\\\""',
    );
  });
});

describe('Microsoft Entra Connect', () => {
  it('is only looked at, without any effect', async () => {
    const platform = open({ when: 'Get-ADSyncScheduler', recording: 'adSyncReady' });
    await expect(platform.connectHealth()).resolves.toMatchObject({ state: 'ready' });
    expect(played.calls()).toHaveLength(1);
    expect(lastCall()?.script).not.toContain('Start-ADSyncSyncCycle');
  });
});

describe('the machine', () => {
  it('is known by its MachineGuid, which a copy shares, its name, and its domain', async () => {
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
});
