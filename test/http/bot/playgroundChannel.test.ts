import { createVerifyActivity } from '../../../bot/channel/verifyActivity';
import { message } from '../../helpers/bot/edgeServer';
import { createLinesLog } from '../../helpers/process/linesLog';

describe('the playground channel', () => {
  const verify = createVerifyActivity(
    { kind: 'localPlayground' },
    { clock: Date, log: createLinesLog().log },
  );
  const local = 'http://127.0.0.1:56150/_connector';

  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', '127.8.9.1'])(
    'serves a peer on this machine: %s',
    async (remoteAddress) => {
      const activity = message({ serviceUrl: local });
      expect(await verify({ body: activity, remoteAddress })).toEqual({ ok: true, activity });
    },
  );

  it.each(['10.0.0.1', '::ffff:10.0.0.1', '128.0.0.1', 'fe80::1', '', undefined])(
    'refuses a peer on another machine: %s',
    async (remoteAddress) => {
      expect(await verify({ body: message({ serviceUrl: local }), remoteAddress })).toMatchObject({
        ok: false,
      });
    },
  );

  it.each([
    'https://smba.example.test/',
    'http://169.254.169.254/',
    'http://127.0.0.1.example.test/',
    'http://127.0.0.1@example.test/',
    'file:///etc/passwd',
    'nonsense',
  ])('does not answer to another machine: %s', async (serviceUrl) => {
    expect(await verify({ body: message({ serviceUrl }), remoteAddress: '127.0.0.1' })).toMatchObject({
      ok: false,
    });
  });

  it('also requires a complete activity', async () => {
    expect(
      await verify({ body: message({ serviceUrl: local, from: undefined }), remoteAddress: '127.0.0.1' }),
    ).toMatchObject({ ok: false, why: 'activity: from' });
  });
});
