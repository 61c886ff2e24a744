import { readFileSync, writeFileSync } from 'node:fs';
import { ABSENT, until, useDeltaSyncs } from '../../../helpers/agent/deltaSyncs';

const world = useDeltaSyncs();

describe('delta syncs', () => {
  it('run once for all earlier requests, and once more for all that came meanwhile', async () => {
    const its = world();
    const syncs = its.open();
    const first = Array.from({ length: 100 }, () => syncs.ask({ resets: 1 }));
    await until(() => its.started() === 1);
    const then = Array.from({ length: 400 }, () => syncs.ask({ resets: 1 }));
    await its.endCycle();
    await expect(Promise.all(first)).resolves.toHaveLength(100);
    its.pass(120_000);
    await its.endCycle();
    await Promise.all(then);
    expect(its.started()).toBe(2);
    expect(its.events).toMatchObject([
      { type: 'deltaSync', outcome: 'ran', resets: 100 },
      { type: 'deltaSync', outcome: 'ran', resets: 400 },
    ]);
    await syncs.close();
  });

  it('tell how long the run took, and that it does not carry passwords', async () => {
    const its = world();
    const syncs = its.open();
    const asked = syncs.ask({ resets: 0, commandId: 'c1' });
    await its.endCycle(74);
    await expect(asked).resolves.toEqual({
      outcome: 'ran',
      finding: expect.stringMatching(/ran for 74 s .*Passwords are not part of it/),
    });
    expect(its.events).toEqual([
      expect.objectContaining({ commandId: 'c1', resets: 0, startedAt: 1_000_000, endedAt: 1_074_000 }),
    ]);
    await expect(syncs.health()).resolves.toEqual({ state: 'ready', lastRunAt: 1_074_000 });
    await syncs.close();
  });

  it('do not wait for the two minutes when a person asks', async () => {
    const its = world();
    const syncs = its.open();
    const first = syncs.ask({ resets: 1 });
    await its.endCycle();
    await first;
    const second = syncs.ask({ resets: 1 });
    const command = syncs.ask({ resets: 0, commandId: 'c1', urgent: true });
    await its.endCycle();
    await Promise.all([second, command]);
    expect(its.started()).toBe(2);
    await syncs.close();
  });

  it('are taken up again after a crash, unless the request is over 30 minutes old', async () => {
    const its = world();
    const crashed = its.open();
    void crashed.ask({ resets: 3, commandId: 'c1' });
    await until(() => its.started() === 1);
    const kept = readFileSync(its.file, 'utf8');
    await crashed.close();
    expect(readFileSync(its.file, 'utf8')).toBe(kept);

    const next = its.open();
    await until(() => its.started() === 2);
    await its.endCycle();
    await its.endCycle();
    await until(() => its.events.length === 1);
    expect(its.events).toMatchObject([{ outcome: 'ran', resets: 3, commandId: 'c1' }]);
    await next.close();
    expect(() => readFileSync(its.file)).toThrow('ENOENT');

    writeFileSync(its.file, kept);
    its.pass(31 * 60_000);
    const late = its.open();
    const asked = late.ask({ resets: 1 });
    await its.endCycle();
    await asked;
    expect(its.events.at(-1)).toMatchObject({ resets: 1 });
    await late.close();
  });

  it('tell nothing about resets without Microsoft Entra Connect, and seldom look for it', async () => {
    const its = world(ABSENT);
    const syncs = its.open();
    await syncs.ask({ resets: 1 });
    its.pass(120_000);
    const second = syncs.ask({ resets: 1 });
    await second;
    expect({ events: its.events, looks: its.looks() }).toEqual({ events: [], looks: 1 });
    await syncs.ask({ resets: 0, commandId: 'c1', urgent: true });
    expect(its.events).toMatchObject([{ outcome: 'noModule', commandId: 'c1' }]);
    await expect(syncs.health()).resolves.toMatchObject({ state: 'notInstalled' });
    await syncs.close();
  });

  it('tell nothing about resets with Cloud Sync instead, but answer an order', async () => {
    const its = world({ sync: false, cloudSync: true });
    const syncs = its.open();
    await syncs.ask({ resets: 400 });
    its.pass(120_000);
    await syncs.ask({ resets: 1 });
    expect({ events: its.events, looks: its.looks() }).toEqual({ events: [], looks: 1 });
    await syncs.ask({ resets: 0, commandId: 'c1', urgent: true });
    expect(its.events).toMatchObject([{ outcome: 'cloudSync', commandId: 'c1' }]);
    await syncs.close();
  });

  it('keep their interval by this machine’s clock, whatever the bot’s clock says', async () => {
    const its = world();
    const syncs = its.open();
    const first = syncs.ask({ resets: 1 });
    await its.endCycle(10);
    await first;
    its.learns(3_600_000);
    const second = syncs.ask({ resets: 1 });
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(its.started()).toBe(1);
    its.pass(110_000);
    await its.endCycle();
    await second;
    expect(its.started()).toBe(2);
    await syncs.close();
  });

  it('serve an order once, even if it was taken up from the file and comes again', async () => {
    const its = world();
    const crashed = its.open();
    void crashed.ask({ resets: 0, commandId: 'c1', urgent: true });
    await until(() => its.started() === 1);
    await crashed.close();
    const next = its.open();
    await until(() => its.started() === 2);
    const meanwhile = next.ask({ resets: 0, commandId: 'c1', urgent: true });
    await its.endCycle();
    await its.endCycle();
    await expect(meanwhile).resolves.toMatchObject({ outcome: 'ran' });
    await expect(next.ask({ resets: 0, commandId: 'c1', urgent: true })).resolves.toMatchObject({
      outcome: 'ran',
    });
    expect({ started: its.started(), told: its.events.length }).toEqual({ started: 2, told: 1 });
    await next.close();
  });

  it('fail with the queue’s error when it cannot keep the event, and go on', async () => {
    const its = world();
    const full = its.open(async () => {
      throw new RangeError('the disk is full');
    });
    const asked = full.ask({ resets: 1 });
    const refused = expect(asked).rejects.toThrow('the disk is full');
    await its.endCycle();
    await refused;
    expect(its.failures).toHaveLength(1);
    await full.close();
  });

  it('end at once when the agent ends, and say so', async () => {
    const its = world();
    const syncs = its.open();
    const running = syncs.ask({ resets: 1 });
    await until(() => its.started() === 1);
    const waiting = syncs.ask({ resets: 1 });
    await syncs.close();
    for (const each of [running, waiting, syncs.ask({ resets: 1 })]) {
      await expect(each).resolves.toMatchObject({
        outcome: 'failed',
        finding: expect.stringMatching(/is ending/),
      });
    }
    expect(its.events).toEqual([]);
  });
});
