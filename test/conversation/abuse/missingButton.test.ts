import { addsCustomer } from '../../helpers/botWorld/customers';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();

it('a sign-in button whose customer is gone when it is sent is told, not left out', async () => {
  const tess = world.seat(world.site.tess);
  await addsCustomer(tess, 'Contoso', 'later');
  const bot = await world.site.start((stores) => {
    const signIns = Object.assign(Object.create(stores.signIns), { insert: stores.signIns.insert });
    let counted = 0;
    signIns.count = async (...args: Parameters<typeof stores.signIns.count>) => {
      if (counted++ === 1) {
        const found = await stores.customers.find('nameKey', 'contoso');
        if (found) await stores.customers.replace(found, { ...found.value, status: 'removed' });
      }
      return stores.signIns.count(...args);
    };
    return { ...stores, signIns };
  });
  const { text, messages } = await tess.at(bot).says('connect office 365 Contoso');
  expect(messages.some(({ signIn }) => signIn)).toBe(false);
  expect(text).toContain('That customer is not here any more.');
});
