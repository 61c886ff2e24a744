import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const HOUR = 60 * 60 * 1000;
const member = (channelId: string) => {
  const account = world.site.teams.members.get(channelId);
  if (!account) throw new Error(`${channelId} is nobody`);
  return account;
};

it('a person who became a guest is refused within the hour, whatever role they have', async () => {
  const { tess, teams } = world.site;
  const seat = world.seat(tess);
  expect((await seat.says('help')).text).toContain('add customer');
  teams.members.set(tess.channelId, { ...member(tess.channelId), userRole: 'guest' });
  world.site.clock.advance(HOUR);
  expect((await seat.says('help')).text).toMatch(/^I work for one organization only/);
});

it('a person is refused when Teams does not tell whether they are a guest', async () => {
  const { tess, teams } = world.site;
  const { id, name, aadObjectId } = member(tess.channelId);
  teams.members.set(tess.channelId, { id, name, ...(aadObjectId && { aadObjectId }) });
  expect((await world.seat(tess).says('help')).text).toMatch(/^I work for one organization only/);
});

it.each(['', 'owner', 'Admin'])('a form whose role is “%s” gives no role at all', async (role) => {
  const ada = world.seat(world.site.ada);
  await ada.says('people');
  const before = await world.changes();
  const data = { objectId: world.site.ned.id, role };
  const { text } = await ada.executes({ verb: 'addPerson', data });
  expect(text).toContain('Choose a role.');
  expect(await world.changes()).toEqual(before);
});
