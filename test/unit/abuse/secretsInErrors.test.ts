import { EventEmitter } from 'node:events';
import { logCrashes } from '../../../bot/logging/logCrashes';
import { createLinesLog } from '../../helpers/process/linesLog';

const SECRET = 'S3CRET-abc';

it.each([
  [
    `mongodb+srv://user:${SECRET}/x@db.example.com/keyturn`,
    'mongodb+srv://[redacted]@db.example.com/keyturn',
  ],
  [`mongodb://user:a@${SECRET}@db.example.com`, 'mongodb://[redacted]@db.example.com'],
  [
    `grant_type=client_credentials&client_secret=${SECRET}`,
    'grant_type=client_credentials&client_secret=[redacted]',
  ],
  [`{"access_token":"${SECRET}","expires_in":3599}`, '{"access_token":"[redacted]","expires_in":3599}'],
  [`code=${SECRET}&code_verifier=${SECRET}`, 'code=[redacted]&code_verifier=[redacted]'],
  ['the issuer answered status code: 500', 'the issuer answered status code: 500'],
])('a text that a library made of what it sent loses its secrets: %s', (dirty, clean) => {
  const { log, lines } = createLinesLog();
  log.error({ err: new Error(dirty) }, 'failed');
  expect(lines()[0]).toMatchObject({ err: { message: clean } });
  expect(JSON.stringify(lines())).not.toContain(SECRET);
});

it.each(['uncaughtException', 'unhandledRejection'])(
  '%s is logged without what hangs on it, and ends the process',
  (event) => {
    const { log, lines, text } = createLinesLog();
    const ends: number[] = [];
    const fake = Object.assign(new EventEmitter(), { exit: (code: number) => void ends.push(code) });
    logCrashes(fake, log);
    const headers = { authorization: `Bearer ${SECRET}` };
    fake.emit(
      event,
      Object.assign(new Error('no answer'), { request: { headers }, config: { data: SECRET } }),
    );
    expect(lines()).toMatchObject([{ level: 'error', event, err: { message: 'no answer' } }]);
    expect(text()).not.toContain(SECRET);
    expect(ends).toEqual([1]);
  },
);
