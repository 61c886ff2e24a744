import { addsCustomer } from '../../helpers/botWorld/customers';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const CARD = 'application/vnd.microsoft.card.adaptive';

it('a refusal that the person can fix appears on the card, and changes nothing', async () => {
  const ada = world.seat(world.site.ada);
  await ada.says('people');
  const before = await world.changes();
  const { answer, text } = await ada.clicks(ada.card, 'Give this role', { address: 'x', role: 'admin' });
  expect(answer?.body?.type).toBe(CARD);
  expect(text).toContain('Choose a person, or type an address');
  expect(ada.reads).toContain('Choose a person, or type an address');
  expect(await world.changes()).toEqual(before);
});

it('any other refusal of the same button comes as a message, and the card stays as it is', async () => {
  const ada = world.seat(world.site.ada);
  const customerId = await addsCustomer(ada, 'Northwind Traders', 'activeDirectory');
  await ada.says('agents Northwind');
  const { id, reads } = { id: ada.card.id, reads: ada.reads };
  const asks = (data: object) => ada.executes({ verb: 'agent', data: { customerId, ...data } }, id);
  expect((await asks({ do: 'inventory' })).answer?.body?.type).toBe(CARD);
  const shown = ada.reads;
  expect(shown).not.toBe(reads);
  const refused = await asks({ do: 'revoke', agentId: 'gone' });
  expect(refused.answer?.body?.type).not.toBe(CARD);
  expect(refused.text).toContain('This agent was removed.');
  expect(ada.reads).toBe(shown);
});
