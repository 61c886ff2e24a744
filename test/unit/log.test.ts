import { spawnSync } from 'node:child_process';
import { logOfRequest } from '../../bot/logging/log';
import { createLinesLog } from '../helpers/process/linesLog';

const secret = 'S3CRET-abc';

describe('the log', () => {
  const names = [
    'authorization',
    'Cookie',
    'set-cookie',
    'password',
    'newPassword',
    'token',
    'id_token',
    'accessToken',
    'refresh_tokens',
    'code',
    'handle',
    'secret',
    'client_secret',
    'clientAssertion',
    'code_verifier',
    'state',
    'nonce',
    'text',
    'body',
    'privateKey',
    'api-key',
    'MONGODB_URI',
  ];

  it.each(names)('takes out the value of %s, at any depth', (name) => {
    const { log, lines, text } = createLinesLog();
    log.info({ [name]: secret, deep: { list: [{ [name]: { inner: secret } }] }, kept: 'yes' }, 'seen');
    expect(text()).not.toContain(secret);
    expect(lines()[0]).toMatchObject({ level: 'info', kept: 'yes', msg: 'seen', [name]: '[redacted]' });
  });

  const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJTM0NSRVQtYWJjIn0.c2lnbmF0dXJl';
  it.each([
    [
      `GET https://login.example.com/token?client_secret=${secret}&x=1 failed`,
      'GET https://login.example.com/token?[redacted] failed',
    ],
    [`/signin/callback?code=${secret}#${secret}`, '/signin/callback?[redacted]'],
    [
      `connecting to mongodb://user:${secret}@db.example.com/keyturn`,
      'connecting to mongodb://[redacted]@db.example.com/keyturn',
    ],
    [`Bearer ${secret}`, 'Bearer [redacted]'],
    [`id ${jwt} refused`, 'id [redacted] refused'],
    ['is it 1/2? yes', 'is it 1/2? yes'],
  ])('takes query strings, credentials and tokens out of texts: %s', (dirty, clean) => {
    const { log, lines } = createLinesLog();
    log.info({ detail: dirty }, dirty);
    expect(lines()[0]).toMatchObject({ detail: clean, msg: clean });
  });

  it('writes an error’s name, message, stack, code and cause, and no other field of it', () => {
    const { log, lines, text } = createLinesLog();
    const cause = Object.assign(new Error(`connect to https://db.example.com/?key=${secret}`), {
      code: 'ECONNREFUSED',
    });
    const error = Object.assign(new TypeError('no answer', { cause }), {
      request: { headers: { authorization: secret }, payload: secret },
    });
    log.error({ err: error }, 'failed');
    expect(lines()[0]).toMatchObject({
      level: 'error',
      err: {
        type: 'TypeError',
        message: 'no answer',
        stack: expect.stringContaining('log.test'),
        cause: { errorCode: 'ECONNREFUSED' },
      },
    });
    expect(text()).not.toContain(secret);
  });

  it('survives an object that contains itself', () => {
    const { log, lines } = createLinesLog();
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    log.warn(circle, 'round');
    expect(lines()).toHaveLength(1);
  });

  it.each(['debug', 'info', 'warn', 'error'] as const)('puts a request’s id on every %s', (level) => {
    const { log, lines } = createLinesLog();
    logOfRequest(log, 'trace-1234')[level]?.({ token: secret }, 'seen');
    expect(lines()).toEqual([
      expect.objectContaining({ level, requestId: 'trace-1234', token: '[redacted]', msg: 'seen' }),
    ]);
  });

  it('keeps to its level', () => {
    const { log, lines } = createLinesLog('info');
    log.debug?.({}, 'detail');
    log.info({}, 'seen');
    expect(lines().map(({ msg }) => msg)).toEqual(['seen']);
  });

  it('writes everything to the last line when the process ends', () => {
    const program =
      "require('./bot/logging/log.ts').createLog({ level: 'info' }).error({}, 'last words'); process.exit(1)";
    const { stdout } = spawnSync(process.execPath, [
      '-r',
      './test/helpers/process/tsRequire.cjs',
      '-e',
      program,
    ]);
    expect(JSON.parse(stdout.toString())).toMatchObject({ level: 'error', msg: 'last words' });
  });
});
