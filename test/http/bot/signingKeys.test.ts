import { createSigningKeys } from '../../../bot/channel/signingKeys';
import { type LocalIssuer, startLocalIssuer } from '../../helpers/bot/localIssuer';
import { createLinesLog } from '../../helpers/process/linesLog';

const minute = 60_000;
const hour = 60 * minute;

describe('the signing keys', () => {
  let issuer: LocalIssuer;
  let now = 0;
  const keysOf = () =>
    createSigningKeys(issuer.metadataUrl, { clock: { now: () => now }, log: createLinesLog().log });
  beforeEach(async () => {
    now = Date.UTC(2026, 0, 1);
    issuer = await startLocalIssuer();
  });
  afterEach(() => issuer.stop());

  it('are fetched once for many', async () => {
    const find = keysOf();
    const found = await Promise.all(Array.from({ length: 20 }, () => find('endorsed')));
    expect(found.every((key) => key?.endorsements.includes('msteams'))).toBe(true);
    now += 23 * hour;
    await find('endorsed');
    expect(issuer.fetches()).toBe(1);
    now += hour;
    await find('endorsed');
    expect(issuer.fetches()).toBe(2);
  });

  it('are fetched again at most hourly for unknown ids, and a new key is found then', async () => {
    const find = keysOf();
    await find('endorsed');
    await issuer.addKey('rotated', { endorsements: ['msteams'] });
    now += 59 * minute;
    for (let i = 0; i < 20; i += 1) expect(await find(`unknown${i}`)).toBeUndefined();
    expect(await find('rotated')).toBeUndefined();
    expect(issuer.fetches()).toBe(1);
    now += minute;
    expect(await find('rotated')).toBeDefined();
    expect(issuer.fetches()).toBe(2);
  });

  it.each([
    null,
    7,
    { kid: 7, kty: 'RSA' },
    { kid: 'x', kty: 'RSA', n: 1 },
    { kid: 'x', kty: 'RSA' },
    { kty: 'EC', kid: 'y' },
  ])('are found beside an unreadable one: %j', async (odd) => {
    issuer.publish(odd);
    expect(await keysOf()('endorsed')).toBeDefined();
  });

  it('are fetched again after ten seconds when the issuer was unreachable', async () => {
    const find = keysOf();
    issuer.answer(false);
    expect(await find('endorsed')).toBeUndefined();
    issuer.answer(true);
    expect(await find('endorsed')).toBeUndefined();
    now += 10_000;
    expect(await find('endorsed')).toBeDefined();
  });

  it('stay valid for a second day while the issuer is unreachable, and no longer', async () => {
    const find = keysOf();
    await find('endorsed');
    issuer.answer(false);
    now += 47 * hour;
    expect(await find('endorsed')).toBeDefined();
    now += hour;
    expect(await find('endorsed')).toBeUndefined();
  });
});
