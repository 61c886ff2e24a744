import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startChild } from '../../../sandbox/children';
import { freePort } from '../../../sandbox/ports';
import { projectRoot } from '../../../sandbox/projectRoot';
import { untilAnswers } from '../../../sandbox/untilAnswers';
import {
  FOREIGN_HOSTS,
  STRANGE_HOSTS,
  STRANGE_REQUESTS,
  STRANGE_TARGETS,
} from '../../fixtures/strangeRequests';
import { SETTINGS } from '../../helpers/bot/agentToCardWorld';
import { rawGet, rawStatuses } from '../../helpers/bot/rawHttp';

/**
 * Requests that Node itself cannot read, or that have no answer at all, end with 400 or without an answer.
 */
const refused = (statuses: number[]) => statuses.every((status) => status >= 400 && status < 500);

describe.each([
  ['the bundle', 'dist/keyturn/index.js'],
  ['the plain build', 'dist/bot/main.js'],
])('what strangers send to %s', (_name, entry) => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-strangers-'));
  const logFile = join(folder, 'bot.log');
  let port = 0;
  let bot: Child;

  beforeAll(async () => {
    port = (await freePort(0)) ?? 0;
    const settings = { ...SETTINGS, PORT: String(port), PUBLIC_URL: 'http://localhost', DATA_DIR: folder };
    const args = [join(projectRoot(), entry)];
    bot = startChild({ name: 'The bot', args, cwd: folder, env: settings, logFile });
    await untilAnswers(`http://127.0.0.1:${port}/readyz`, bot);
  });
  afterAll(async () => {
    await bot.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    expect(await rawStatuses(port, rawGet('/healthz'))).toEqual([200]);
    expect(readFileSync(logFile, 'utf8')).not.toContain('nobody caught');
  });

  it('is refused for an invalid Host, on every path and also for health', async () => {
    for (const host of STRANGE_HOSTS)
      for (const target of ['/', '/healthz', '/agents/v1/beat'])
        expect([host, target, await rawStatuses(port, rawGet(target, host))]).toEqual([host, target, [400]]);
  });

  it('is refused for another host’s name, except for health', async () => {
    for (const host of FOREIGN_HOSTS) {
      expect([host, await rawStatuses(port, rawGet('/signin', host))]).toEqual([host, [421]]);
      expect([host, await rawStatuses(port, rawGet('/healthz', host))]).toEqual([host, [200]]);
    }
  });

  it('is refused for an invalid target', async () => {
    for (const target of STRANGE_TARGETS)
      expect([target, await rawStatuses(port, rawGet(target))]).toEqual([target, [400]]);
  });

  it.each(Object.entries(STRANGE_REQUESTS))('is refused, or not understood: %s', async (_what, request) => {
    expect(refused(await rawStatuses(port, Buffer.from(request, 'latin1')))).toBe(true);
  });

  it('may be interrupted at any byte, also by a connection reset', async () => {
    const whole = Object.values(STRANGE_REQUESTS).map((request) => Buffer.from(request, 'latin1'));
    const cut = (bytes: Buffer) =>
      new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(bytes, () => socket.resetAndDestroy()));
        socket.on('error', () => undefined);
        socket.on('close', () => resolve());
      });
    for (const request of whole)
      for (const part of [0.1, 0.5, 0.9, 1]) await cut(request.subarray(0, request.length * part));
  });
});
