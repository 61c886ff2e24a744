import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BotUnreachable } from '../../../agent/bot/botFault';
import { createLog, openLog } from '../../../agent/log';

const SECRET = 'a-very-secret-thing';
const JWS = 'eyJhbGciOiJFZERTQSJ9.eyJhdWQiOiJodHRwcyJ9.c2lnbmF0dXJl';

describe('the agent’s log', () => {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => 0,
  );
  beforeEach(() => {
    lines.length = 0;
  });

  test('writes plain values as one JSON line', () => {
    log.info({ part: 'watch', users: 3, late: true }, 'users were read');
    const line = { time: '1970-01-01T00:00:00.000Z', level: 'info', message: 'users were read' };
    expect(JSON.parse(lines.join())).toEqual({ ...line, part: 'watch', users: 3, late: true });
    expect(lines[0]?.endsWith('\n')).toBe(true);
  });

  test.each([
    ['a field with a secret’s name', { password: SECRET, installToken: SECRET, apiKey: SECRET, key: SECRET }],
    ['a body', { body: SECRET }],
    [
      'an object with any content',
      { request: { headers: { authorization: SECRET } }, settings: { x: SECRET } },
    ],
    ['a list', { events: [SECRET] }],
    ['bytes', { sealed: Buffer.from(SECRET) }],
    ['an error’s message', { err: new SyntaxError(`Unexpected token in ${SECRET}`) }],
    ['an error’s fields', { err: Object.assign(new Error('x'), { config: SECRET, code: 'EFAIL' }) }],
    ['the message of a cause', { err: new Error('x', { cause: new Error(SECRET) }) }],
    ['an address with a password', { url: `https://name:${SECRET}@host.test/` }],
    ['a text that names a secret', { detail: `password=${SECRET}` }],
  ])('never writes %s', (_what, fields) => {
    log.error(fields, 'something failed');
    expect(lines.join()).toContain('something failed');
    expect(lines.join()).not.toContain(SECRET);
    expect(lines.join()).not.toContain(Buffer.from(SECRET).toString('base64'));
  });

  test('never writes a signature, even inside a text', () => {
    log.warn({ detail: `KeyturnAgent ${JWS}` }, `sent ${JWS}`);
    expect(lines.join()).not.toContain('eyJ');
  });

  test('writes an error’s kind, code, line of code, and our own sentence', () => {
    const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    log.error({ err: new BotUnreachable('away', 'The bot cannot be reached.', undefined, { cause }) }, 'x');
    expect(JSON.parse(lines.join()).err).toEqual({
      type: 'BotUnreachable',
      sentence: 'The bot cannot be reached.',
      at: expect.any(Array),
      cause: { type: 'Error', code: 'ECONNREFUSED', at: expect.any(Array) },
    });
  });

  test('limits its files in size and number, and only their owner can read them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'agent-log-'));
    const file = openLog(folder, { size: '20K', files: 3 });
    for (let n = 0; n < 2000; n++) file.info({ n, padding: '.'.repeat(200) }, 'a line');
    await file.close();
    const logs = readdirSync(folder).filter((name) => name.endsWith('.log'));
    expect(logs.length).toBeGreaterThan(1);
    expect(logs.length).toBeLessThanOrEqual(4);
    for (const name of logs) {
      expect(statSync(join(folder, name)).size).toBeLessThan(600 * 1024);
      expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600]);
      for (const line of readFileSync(join(folder, name), 'utf8').trim().split('\n')) JSON.parse(line);
    }
    rmSync(folder, { recursive: true, force: true });
  });

  test('goes on after a failed rotation, and says that lines are missing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'agent-log-'));
    const obstacle = join(folder, 'agent.log.txt');
    mkdirSync(obstacle);
    let at = 0;
    const file = openLog(folder, { size: '20K', files: 3 }, () => at);
    const written = () => {
      const names = readdirSync(folder).filter((name) => name.endsWith('agent.log'));
      return names.map((name) => readFileSync(join(folder, name), 'utf8')).join('');
    };
    for (let n = 0; n < 150; n++) file.info({ padding: '.'.repeat(200) }, 'a line');
    at += 60_000;
    while (!written().includes('lines are missing')) {
      await new Promise((resolve) => setImmediate(resolve));
      file.info({}, 'on its way');
    }
    rmSync(obstacle, { recursive: true });
    for (let n = 0; n < 150; n++) file.info({ padding: '.'.repeat(200) }, 'a later line');
    file.info({}, 'the last line');
    await file.close();
    expect(written()).toMatch(/"message":"lines are missing here[^\n]*"code":"EISDIR"/);
    expect(written()).toContain('the last line');
    rmSync(folder, { recursive: true, force: true });
  });
});
