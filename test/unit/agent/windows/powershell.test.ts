import { z } from 'zod';
import { createPowershell } from '../../../../agent/powershell/powershell';
import { PowershellFault } from '../../../../agent/powershell/powershellFault';
import { commandOf, listOf } from '../../../../agent/powershell/powershellScript';
import {
  type PlayedAnswer,
  type PlayedPowershell,
  playPowershell,
  playPowershellIn,
} from '../../../helpers/agent/powershell/playedPowershell';

let played: PlayedPowershell;
afterEach(() => played?.remove());
const play = (...answers: PlayedAnswer[]) => {
  played = playPowershell(...answers);
  return played.powershell;
};
const call = { script: '$in.name', answer: z.unknown(), timeoutMs: 20_000 };
const faultOf = (running: Promise<unknown>) =>
  running.then(
    () => undefined,
    (error) => (error instanceof PowershellFault ? error : undefined),
  );

describe('Windows PowerShell', () => {
  it('gets its input only by standard input, with any characters', async () => {
    const input = { name: 'Zoë 漢字 "quoted" $x `n', secret: 'Sommer-2041' };
    await expect(play({ when: '', echo: true }).run({ ...call, input })).resolves.toEqual(input);
    const [asked] = played.calls();
    expect(asked?.args.slice(0, 6)).toEqual([
      '-NoLogo',
      '-NoProfile',
      '-NonInteractive',
      '-ExecutionPolicy',
      'Bypass',
      '-Command',
    ]);
    expect(asked?.args.join(' ')).not.toMatch(/Sommer-2041|U29tbWVy/);
  });

  it('starts with the given environment and no more, and loads modules only from administrators’ folders', async () => {
    played = playPowershellIn({ SystemRoot: 'C:\\Windows' }, { when: '', value: 'here' });
    await expect(played.powershell.run(call)).resolves.toBe('here');
    const [asked] = played.calls();
    expect(asked?.env).toMatchObject({ SystemRoot: 'C:\\Windows' });
    expect(asked?.env).not.toHaveProperty('HOME');
    const modules = `$env:PSModulePath = $PSHOME + '\\Modules;' + [Environment]::GetEnvironmentVariable('PSModulePath', 'Machine')`;
    expect(asked?.script.indexOf(modules)).toBeGreaterThan(0);
    expect(asked?.script.indexOf(modules)).toBeLessThan(asked?.script.indexOf('ConvertFrom-Json') ?? 0);
  });

  it('gives a list for a single item, and an empty list for nothing', () => {
    const names = listOf(z.string());
    expect([['a', 'b'], 'a', null, undefined, []].map((each) => names.parse(each))).toEqual([
      ['a', 'b'],
      ['a'],
      [],
      [],
      [],
    ]);
  });

  it('finds the answer after a module’s own output', async () => {
    const answer = z.object({ scheduler: z.object({ running: listOf(z.string()) }) });
    await expect(
      play({ when: '', recording: 'adSyncNextCycleRunning' }).run({ ...call, answer }),
    ).resolves.toEqual({ scheduler: { running: ['contoso.onmicrosoft.com - AAD'] } });
  });

  it.each([
    ['moduleNotFound', 'failed', 'noModule'],
    ['adSyncAccessDenied', 'failed', 'noRights'],
    ['eventsNoRights', 'failed', 'noRights'],
    ['taskDenied', 'failed', 'noRights'],
    ['noEvents', 'failed', 'noEvents'],
    ['connectorBusy', 'failed', 'other'],
    ['constrainedLanguage', 'unreadable', 'restricted'],
    ['executionPolicy', 'failed', 'restricted'],
    ['cimAccessDenied', 'failed', 'noRights'],
  ])('recognizes %s by its kind, not by its language', async (recording, kind, reason) => {
    const fault = await faultOf(play({ when: '', recording }).run(call));
    expect(fault).toMatchObject({ kind, reason });
  });

  it('reads what PowerShell writes as XML, and leaves the stack of .NET out', async () => {
    const xml = await faultOf(play({ when: '', recording: 'constrainedLanguage' }).run(call));
    expect(xml?.detail).toBe(
      'Cannot invoke method. Method invocation is supported only on core types in this language mode.',
    );
    played.remove();
    const busy = await faultOf(play({ when: '', recording: 'connectorBusy' }).run(call));
    expect(busy?.detail).toBe(
      'System.InvalidOperationException: Connector: contoso.onmicrosoft.com - AAD is busy.',
    );
  });

  it('refuses an answer of another form, without a quotation', async () => {
    const answer = z.object({ fingerprint: z.string() });
    const fault = await faultOf(
      play({ when: '', value: { fingerprint: 4711, password: 'Sommer-2041' } }).run({ ...call, answer }),
    );
    expect(fault).toMatchObject({ kind: 'unreadable', detail: 'unexpected fingerprint' });
  });

  it('stops a process that does not end', async () => {
    await expect(
      faultOf(play({ when: '', hang: true }).run({ ...call, timeoutMs: 300 })),
    ).resolves.toMatchObject({
      kind: 'timeout',
    });
  });

  it('stops a process that says too much', async () => {
    const value = 'x'.repeat(13 * 1024 * 1024);
    await expect(faultOf(play({ when: '', value }).run(call))).resolves.toMatchObject({ kind: 'tooMuch' });
  });

  it('stops when the caller says so', async () => {
    const stopping = new AbortController();
    const running = faultOf(play({ when: '', hang: true }).run({ ...call, signal: stopping.signal }));
    stopping.abort();
    await expect(running).resolves.toMatchObject({ kind: 'stopped' });
  });

  it('says that PowerShell is missing', async () => {
    await expect(faultOf(createPowershell('/nowhere/powershell.exe', {}).run(call))).resolves.toMatchObject({
      kind: 'missing',
    });
  });

  it('refuses a script that the command line would spoil', () => {
    expect(() => commandOf('Write-Host "hello"')).toThrow(RangeError);
    expect(() => commandOf('#'.repeat(31_000))).toThrow(RangeError);
  });
});
