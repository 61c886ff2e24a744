import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PowershellFault } from '../../../../agent/powershell/powershellFault';
import { readResetEvent } from '../../../../agent/windows/resetEvents';
import { createResetLog } from '../../../../agent/windows/resetLog';
import { createSecurityLog, type SecurityLog } from '../../../../agent/windows/securityLog';
import {
  type PlayedAnswer,
  type PlayedPowershell,
  playPowershell,
} from '../../../helpers/agent/powershell/playedPowershell';

const CHECK = 'DomainRole';
const READ = 'EventID=4723';
const recorded = readFileSync(join(__dirname, '../../../fixtures/powershell/events.xml'), 'utf8')
  .split('\n\n')
  .map((xml) => xml.trim());
const AT = Date.parse('2026-11-23T09:14:07.118Z');
const NADIA = { objectSid: 'S-1-5-21-397955417-626881126-188441444-1119', samAccountName: 'nadia' };
const ZOE = { objectSid: 'S-1-5-21-397955417-626881126-188441444-1120', samAccountName: 'zoë' };

let played: PlayedPowershell;
afterEach(() => played?.remove());

function open(...answers: PlayedAnswer[]) {
  played = playPowershell(...answers);
  let now = AT + 1500;
  const log = createResetLog(createSecurityLog(played.powershell), () => now);
  const reads = () => played.calls().filter(({ script }) => script.includes(READ));
  const pass = (ms: number) => {
    now += ms;
  };
  return { log, reads, pass };
}
const controller: PlayedAnswer = { when: CHECK, value: true };

describe('the security log of a domain controller', () => {
  it('has resets by others and changes by the user, without failed ones', () => {
    expect(recorded.map((xml) => readResetEvent(xml))).toEqual([
      {
        recordId: 175722,
        at: AT,
        how: 'reset',
        target: { sid: NADIA.objectSid, name: 'nadia' },
        by: { sid: 'S-1-5-21-397955417-626881126-188441444-1104', name: 'adm.o’hara', domain: 'CONTOSO' },
      },
      expect.objectContaining({
        recordId: 175723,
        how: 'change',
        target: { sid: ZOE.objectSid, name: 'zoë' },
      }),
      expect.objectContaining({ recordId: 175724, target: expect.objectContaining({ name: 'DC1$' }) }),
      undefined,
    ]);
  });

  it('tells who did it, by the SID and the time', async () => {
    const { log } = open(controller, { when: READ, value: recorded });
    await expect(log.whoReset(NADIA, AT + 900)).resolves.toEqual({
      how: 'reset',
      by: { sid: 'S-1-5-21-397955417-626881126-188441444-1104', name: 'adm.o’hara', domain: 'CONTOSO' },
    });
    await expect(log.whoReset(ZOE, AT)).resolves.toMatchObject({ how: 'change', by: { name: 'zoë' } });
    await expect(log.whoReset({ samAccountName: 'NADIA' }, AT)).resolves.toMatchObject({ how: 'reset' });
    await expect(log.whoReset(NADIA, AT - 60_000)).resolves.toBeUndefined();
  });

  const ADMIN = 'S-1-5-21-397955417-626881126-188441444-1104';
  const zoesChangeBy = (sid: string, name: string, domain = 'CONTOSO') =>
    (recorded[1] ?? '')
      .replace(/(SubjectUserSid'>)[^<]*/, `$1${sid}`)
      .replace(/(SubjectUserName'>)[^<]*/, `$1${name}`)
      .replace(/(SubjectDomainName'>)[^<]*/, `$1${domain}`);

  it.each<[string, string, string, object]>([
    [
      'another account',
      ADMIN,
      'adm.brandt',
      { how: 'reset', by: { sid: ADMIN, name: 'adm.brandt', domain: 'CONTOSO' } },
    ],
    [
      'the system of a controller',
      'S-1-5-18',
      'DC1$',
      { how: 'reset', by: { sid: 'S-1-5-18', name: 'DC1$', domain: 'CONTOSO' } },
    ],
    [
      'a computer',
      `${ADMIN}7`,
      'LAPTOP$',
      { how: 'reset', by: { sid: `${ADMIN}7`, name: 'LAPTOP$', domain: 'CONTOSO' } },
    ],
    [
      'ANONYMOUS LOGON',
      'S-1-5-7',
      'ANONYMOUS LOGON',
      { how: 'unknown', by: { sid: 'S-1-5-7', name: 'ANONYMOUS LOGON', domain: 'CONTOSO' } },
    ],
    ['nobody that the log names', '-', '-', { how: 'unknown' }],
    ['nobody at all', 'S-1-0-0', '-', { how: 'unknown' }],
    [
      'the user',
      ZOE.objectSid,
      'zoë',
      { how: 'change', by: { sid: ZOE.objectSid, name: 'zoë', domain: 'CONTOSO' } },
    ],
    [
      'somebody of the same name',
      ADMIN,
      'zoë',
      { how: 'reset', by: { sid: ADMIN, name: 'zoë', domain: 'CONTOSO' } },
    ],
  ])('knows a change with the old password that was made by %s', async (_what, sid, name, who) => {
    const { log } = open(controller, { when: READ, value: [zoesChangeBy(sid, name)] });
    await expect(log.whoReset(ZOE, AT)).resolves.toEqual(who);
  });

  it('tells who reset the password of a person whose account’s name ends in a dollar', async () => {
    const xml = (recorded[0] ?? '').replace("TargetUserName'>nadia", "TargetUserName'>hack168$");
    const { log } = open(controller, { when: READ, value: [xml] });
    const account = { objectSid: NADIA.objectSid, samAccountName: 'hack168$' };
    await expect(log.whoReset(account, AT)).resolves.toMatchObject({ how: 'reset', by: { sid: ADMIN } });
  });

  it('tells, of several events since the last look, one that the user did not make', async () => {
    const reset = (recorded[0] ?? '').replace(NADIA.objectSid, ZOE.objectSid);
    const value = [recorded[1] ?? '', reset];
    const { log } = open(controller, { when: READ, value });
    const changedAt = Date.parse('2026-11-23T09:14:08.020Z');
    await expect(log.whoReset(ZOE, changedAt, 2)).resolves.toMatchObject({
      how: 'reset',
      by: { sid: ADMIN },
    });
    await expect(log.whoReset(ZOE, changedAt, 1)).resolves.toMatchObject({ how: 'change' });
  });

  it('is asked once for a burst, and only for the part that was not read before', async () => {
    const { log, reads, pass } = open(controller, { when: READ, value: recorded });
    pass(10_000);
    const burst = Array.from({ length: 500 }, () => log.whoReset(NADIA, AT));
    await expect(Promise.all(burst)).resolves.toHaveLength(500);
    const first = reads().length;
    for (let more = 50; more > 0; more -= 1) await log.whoReset(ZOE, AT + 1000);
    expect([first, reads().length]).toEqual([1, 1]);
    pass(60_000);
    await log.whoReset(NADIA, AT + 60_000);
    expect(reads()[1]?.input).toMatchObject({
      from: '2026-11-23T09:14:01.618Z',
      to: '2026-11-23T09:15:18.618Z',
    });
  });

  it('is read further back for resets from a time when nobody looked', async () => {
    const { log, reads } = open(controller, { when: READ, value: recorded });
    await log.whoReset(NADIA, AT);
    await log.whoReset(NADIA, AT - 7 * 3_600_000);
    await log.whoReset(NADIA, AT - 6 * 3_600_000);
    expect(reads().map(({ input }) => input.from)).toEqual([
      '2026-11-23T08:13:52.118Z',
      '2026-11-23T01:13:52.118Z',
    ]);
  });

  it('says that the agent may not read it, and is then left alone', async () => {
    const { log, reads, pass } = open({ when: CHECK, recording: 'eventsNoRights' }, controller);
    await expect(log.whoReset(NADIA, AT)).resolves.toBeUndefined();
    await expect(log.health()).resolves.toEqual({
      state: 'noRights',
      finding: expect.stringMatching(/Event Log Readers/),
    });
    expect({ reads: reads().length, calls: played.calls().length }).toEqual({ reads: 0, calls: 1 });
    pass(11 * 60_000);
    await log.health();
    expect(played.calls()).toHaveLength(2);
  });

  it('says the same when somebody took the rights away meanwhile', async () => {
    const { log } = open(controller, { when: READ, recording: 'eventsNoRights' });
    await expect(log.health()).resolves.toEqual({ state: 'read' });
    await expect(log.whoReset(NADIA, AT)).resolves.toBeUndefined();
    await expect(log.health()).resolves.toMatchObject({ state: 'noRights' });
  });

  it('is read at once when it could be read before, even long ago', async () => {
    const { log, reads, pass } = open(controller, { when: READ, value: recorded });
    await log.whoReset(NADIA, AT);
    pass(60 * 60_000);
    await expect(log.whoReset(ZOE, AT + 60 * 60_000)).resolves.toBeUndefined();
    expect({ reads: reads().length, calls: played.calls().length }).toEqual({ reads: 2, calls: 3 });
  });

  it('that takes too long is reported, left alone for a while, and tried again', async () => {
    let now = AT;
    let reads = 0;
    const securityLog: SecurityLog = {
      isDomainController: async () => true,
      read: async () => {
        reads += 1;
        if (reads === 1) throw new PowershellFault('timeout', {});
        return { events: recorded.flatMap((xml) => readResetEvent(xml) ?? []), complete: true };
      },
    };
    const log = createResetLog(securityLog, () => now);
    await expect(log.whoReset(NADIA, AT)).resolves.toBeUndefined();
    await expect(log.health()).resolves.toEqual({
      state: 'none',
      finding: expect.stringMatching(/^(?!.*PowerShell).*did not answer within minutes.*tries again/),
    });
    await log.whoReset(NADIA, AT);
    expect(reads).toBe(1);
    now += 11 * 60_000;
    await expect(log.whoReset(NADIA, AT)).resolves.toMatchObject({ how: 'reset' });
    await expect(log.health()).resolves.toEqual({ state: 'read' });
  });

  it('may be empty', async () => {
    const { log } = open({ when: CHECK, recording: 'noEvents' }, { when: READ, recording: 'noEvents' });
    await expect(log.whoReset(NADIA, AT)).resolves.toBeUndefined();
    await expect(log.health()).resolves.toEqual({ state: 'read' });
  });

  it('says that it is of no use on another server', async () => {
    const { log, reads } = open({ when: CHECK, value: false });
    await expect(log.whoReset(NADIA, AT)).resolves.toBeUndefined();
    await expect(log.health()).resolves.toMatchObject({
      state: 'none',
      finding: expect.stringMatching(/no domain controller/),
    });
    expect(reads()).toEqual([]);
  });
});
