import { showEndLater, takeOver } from '../../../domain/links/linkButton';
import type { LinkButton, OneTimeLink } from '../../../domain/links/oneTimeLink';
import type { Stored } from '../../../domain/ports';
import { memoryStores, TestClock } from '../../helpers/store/memoryStores';

const BUTTON: LinkButton = { messageId: '7', reference: {}, title: 'Sign in' };
const clock = new TestClock();
let stores: ReturnType<typeof memoryStores>;
let link: Stored<OneTimeLink>;
const kept = async () => (await stores.oneTimeLinks.get('old'))?.value;

/** A link that ended, while its message is brought up to date. */
beforeEach(async () => {
  stores = memoryStores(clock);
  const [person, createdAt] = [{ id: 'tess', name: 'Tess' }, clock.now()];
  await stores.oneTimeLinks.insert('old', {
    ...{ kind: 'signIn', person, conversationId: 'a:Tess', facts: {}, stage: 'ended', wrongCodes: 0 },
    ...{ createdAt, expiresAt: createdAt + 600_000, button: BUTTON },
  });
  link = (await stores.oneTimeLinks.get('old')) as Stored<OneTimeLink>;
  expect(await takeOver({ stores }, link, BUTTON)).toBe(true);
});

it('an end that could not be shown is due again', async () => {
  await showEndLater({ stores }, 'old', BUTTON);
  expect((await kept())?.button).toEqual(BUTTON);
  expect(await stores.oneTimeLinks.claimDue(clock.now(), 1000, 9)).toHaveLength(1);
});

it('an old link never takes back the message that a newer link has meanwhile', async () => {
  const { id, value, version } = (await stores.oneTimeLinks.get('old')) as Stored<OneTimeLink>;
  const { button: _button, ...rest } = value;
  await stores.oneTimeLinks.replace({ id, value, version }, rest);
  await showEndLater({ stores }, 'old', BUTTON);
  expect((await kept())?.button).toBeUndefined();
  expect(await stores.oneTimeLinks.claimDue(clock.now(), 1000, 9)).toEqual([]);
});
