import { systemTiming } from '../../../agent/timing';
import { INSTALL_TOKEN } from '../../helpers/agent/fakeBot';
import { installWorld } from '../../helpers/agent/installWorld';

test('an install survives a restart of the bot, and waits as long as the bot asks', async () => {
  const world = await installWorld();
  const restarting = { status: 503, body: {}, headers: { 'retry-after': '5' } };
  world.bot.instead = [restarting, 'cut', restarting];
  const began = world.deps.timing.now();
  const install = ['install', '--server', world.bot.url];
  expect(await world.command(install, { installToken: INSTALL_TOKEN })).toBe(0);
  expect(world.complaints).toEqual([]);
  expect(world.deps.timing.now() - began).toBeGreaterThanOrEqual(10_000);
  await world.close();
});

describe('a bot that waits for a person’s word', () => {
  const waiting = (seconds = '15') => ({
    status: 503,
    body: {
      ...{ error: 'tryLater', sentence: 'A person has to allow it in Teams.', waitsFor: 'person' },
      now: Date.now(),
    },
    headers: { 'retry-after': seconds },
  });
  let world: Awaited<ReturnType<typeof installWorld>>;
  beforeEach(async () => {
    world = await installWorld();
  });
  afterEach(() => world.close());
  const install = (answers: object[]) => {
    world.bot.instead = answers as typeof world.bot.instead;
    return world.command(['install', '--server', world.bot.url], { installToken: INSTALL_TOKEN });
  };

  it('is asked again, at its pace, until it admits the program, and install says once what it waits for', async () => {
    const began = world.deps.timing.now();
    expect(await install([waiting(), waiting(), waiting('0')])).toBe(0);
    expect(world.deps.timing.now() - began).toBeGreaterThanOrEqual(35_000);
    expect(world.output.filter((line) => line.includes('A person has to allow it'))).toHaveLength(1);
    expect(world.output).toContainEqual(expect.stringContaining('This program waits up to half an hour'));
    expect(world.output).toContain('Enrolled as an agent of Contoso.');
  });

  it('ends the install with its sentence when the person says no', async () => {
    const no = { status: 403, body: { error: 'token', sentence: 'Tess refused it.', now: Date.now() } };
    expect(await install([waiting(), no])).toBe(11);
    expect(world.complaints).toEqual([expect.stringContaining('Tess refused it.')]);
  });

  it('ends the install with a sentence when somebody stops it meanwhile', async () => {
    const stopping = new AbortController();
    world.bot.instead = [waiting()] as typeof world.bot.instead;
    const print = () => stopping.abort();
    const stopped = { installToken: INSTALL_TOKEN, signal: stopping.signal, print, timing: systemTiming };
    expect(await world.command(['install', '--server', world.bot.url], stopped)).toBe(15);
    expect(world.complaints).toEqual([expect.stringContaining('Stopped before somebody allowed it')]);
  });

  it('ends the install after 35 minutes at most', async () => {
    const began = world.deps.timing.now();
    expect(await install(Array.from({ length: 500 }, () => waiting('60')))).toBe(15);
    expect(world.deps.timing.now() - began).toBeLessThanOrEqual(37 * 60_000);
    expect(world.complaints).toEqual([expect.stringContaining('A person has to allow it in Teams.')]);
  });
});
