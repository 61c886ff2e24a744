import { textOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import { useSite } from '../../helpers/botWorld/useSite';
import { resetEvent } from '../../helpers/resetEvents';

const world = useSite();
const CUSTOMERS = 12;

test('more cards than one conversation may be sent at once all come, a little later', async () => {
  const tess = world.seat(world.site.tess);
  await tess.installs();
  const customers: string[] = [];
  for (let n = 0; n < CUSTOMERS; n++) customers.push(await addsCustomer(tess, `Company ${n}`));
  await tess.says('notify');
  await tess.clicks(tess.card, 'Save');
  world.site.teams.messages.length = 0;
  const now = world.site.clock.now();
  for (const [n, customerId] of customers.entries()) {
    const { id, value } = resetEvent(customerId, n, now);
    await world.bot.stores.events.insert(id, value);
  }
  const cards = () =>
    world.site.teams.messages.filter(({ card }) => textOf(card).includes('Password reset: Company'));
  await world.bot.notifications.run();
  expect(cards().length).toBeGreaterThanOrEqual(6);
  expect(cards().length).toBeLessThanOrEqual(7);
  for (let waited = 0; waited < CUSTOMERS * 2_010; waited += 1_000) {
    world.site.clock.advance(1_000);
    await world.bot.notifications.run();
  }
  expect(cards()).toHaveLength(CUSTOMERS);
});
