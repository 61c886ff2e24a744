import { commands } from '../../../bot/commands';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();

it('greets with what this person may start', async () => {
  const seat = world.seat(world.site.ada);
  const { text } = await seat.says('hello');
  expect(text).toContain('[Add customer]');
  expect(text).toContain('[People]');
  expect((await world.seat(world.site.abe).says('hi')).text).not.toMatch(/Add customer|People/);
});

it('every command has words', () => expect(commands.length).toBeGreaterThan(9));
