import { administratorSignsIn, confirmsTenant } from '../../helpers/botWorld/administrator';
import { addsCustomer } from '../../helpers/botWorld/customers';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const MINUTE = 60_000;

async function connecting() {
  const tess = world.seat(world.site.tess);
  const customerId = await addsCustomer(tess, 'Contoso', 'office365');
  await tess.verifies(await administratorSignsIn(world.bot, world.site.teams.in('a:Tess')));
  await confirmsTenant(tess);
  return { tess, customerId };
}

it('the tests of a customer that is removed meanwhile end, and do not run forever', async () => {
  const { tess, customerId } = await connecting();
  world.site.microsoft.onCheck = async (check) => {
    if (check !== 'permissions') return;
    const ada = world.seat(world.site.ada);
    await ada.executes({ verb: 'command', data: { command: 'remove customer', customerId } });
    await ada.says('Contoso');
  };
  await world.bot.runner.tick();
  expect(tess.reads).toContain('Connection test');
  expect(tess.reads).toContain('That customer is not here any more.');
  expect(tess.reads).not.toMatch(/Running|Waiting/);
});

it('tests that fail every time end in words, not in a card that waits forever', async () => {
  const { tess } = await connecting();
  world.site.microsoft.onCheck = async () => {
    throw new RangeError('a mistake of ours');
  };
  let runs = 0;
  for (; (await world.bot.runner.tick()) > 0; runs++) world.site.clock.advance(5 * MINUTE);
  expect(runs).toBe(6);
  expect(tess.reads).toContain('Something went wrong. Open the customer and test again.');
});
