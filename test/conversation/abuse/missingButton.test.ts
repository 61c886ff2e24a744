import { addsCustomer } from '../../helpers/botWorld/customers';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();

it('tells when the customer of a sign-in button is gone at the send, and does not leave the button out silently', async () => {
  const tess = world.seat(world.site.tess);
  await addsCustomer(tess, 'Contoso', 'later');
  const bot = await world.site.start((stores) => {
    const oneTimeLinks = Object.assign(Object.create(stores.oneTimeLinks), {
      insert: stores.oneTimeLinks.insert,
    });
    let counted = 0;
    oneTimeLinks.count = async (...args: Parameters<typeof stores.oneTimeLinks.count>) => {
      if (counted++ === 1) {
        const found = await stores.customers.find('nameKey', 'contoso');
        if (found) await stores.customers.replace(found, { ...found.value, status: 'removed' });
      }
      return stores.oneTimeLinks.count(...args);
    };
    return { ...stores, oneTimeLinks };
  });
  const { text, messages } = await tess.at(bot).says('connect office 365 Contoso');
  expect(messages.some(({ signIn }) => signIn)).toBe(false);
  expect(text).toContain('That customer is not here any more.');
});
