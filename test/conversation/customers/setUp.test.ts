import { buttonsOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import type { Seat } from '../../helpers/botWorld/seat';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
let tess: Seat;
let contoso: string;
beforeEach(async () => {
  tess = world.seat(world.site.tess);
  contoso = await addsCustomer(tess, 'Contoso');
});

it('shows how far a customer is, with the next step open', async () => {
  expect((await tess.says('set up contoso')).text).toMatch(/Set up Contoso.*1 of 4 steps done/);
  expect(buttonsOf(tess.card.card)).toContain('Connect Microsoft 365');
});

it('a step is skipped, opened and done on the same card', async () => {
  await tess.says('set up Contoso');
  const { id } = tess.card;
  await tess.clicks(tess.card, 'Skip');
  expect(buttonsOf(tess.card.card)).toContain('Show install command');
  await tess.clicks(tess.card, 'Alerts');
  await tess.clicks(tess.card, 'Get alerts here');
  expect(tess.card.id).toBe(id);
  expect(tess.reads).toContain('come to this chat');
  expect((await world.bot.stores.subscriptions.get('a:Tess'))?.value.customers).toEqual([contoso]);
});

it('a second click on alerts changes nothing', async () => {
  await tess.says('set up Contoso');
  await tess.clicks(tess.card, 'Alerts');
  const old = structuredClone(tess.card);
  await tess.clicks(old, 'Get alerts here');
  await tess.clicks(old, 'Get alerts here');
  expect((await world.bot.stores.subscriptions.get('a:Tess'))?.value.customers).toEqual([contoso]);
});
