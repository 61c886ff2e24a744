import { administratorSignsIn, confirmsTenant } from '../../helpers/botWorld/administrator';
import { textOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import { CHANNEL, useChannel } from '../../helpers/botWorld/useChannel';
import { work } from '../../helpers/botWorld/useImports';

const channel = useChannel();
const { world, comesIn, goes } = channel;

describe('a later result of a request in a shared conversation', () => {
  const readIn = (conversationId: string, from = 0) =>
    world.site.teams
      .in(conversationId)
      .slice(from)
      .map(({ text = '', summary = '', card }) => `${text} ${summary} ${textOf(card)}`)
      .join('\n');

  /** Contoso is connected, and Tess asks for a test of it in the channel. */
  const asked = async () => {
    const ada = world.seat(world.site.ada);
    await addsCustomer(ada, 'Contoso', 'office365');
    await ada.verifies(await administratorSignsIn(world.bot, world.site.teams.in('a:Ada')));
    await confirmsTenant(ada);
    await work(world.bot);
    const tess = world.seat(world.site.tess, CHANNEL);
    await tess.installs();
    await tess.says('test connection Contoso');
    return world.site.teams.in(CHANNEL.id).length;
  };

  it('appears there while everybody may see customers', async () => {
    const before = await asked();
    await work(world.bot);
    expect(readIn(CHANNEL.id, before)).toContain('Contoso is connected');
  });

  it.each([
    ['a guest', () => channel.guest],
    ['somebody without a role', () => world.site.ned],
  ])('goes to the personal chat of the person who asked, once %s has joined', async (_, who) => {
    await world.seat(world.site.tess).installs();
    const before = await asked();
    const alone = world.site.teams.in('a:Tess').length;
    await comesIn(who());
    await work(world.bot);
    expect(readIn(CHANNEL.id, before)).not.toContain('Contoso');
    expect(readIn('a:Tess', alone)).toContain('Contoso is connected');
  });

  it('is only announced there when the person who asked has no personal chat', async () => {
    const before = await asked();
    await comesIn(channel.guest);
    await work(world.bot);
    expect(readIn(CHANNEL.id, before)).toContain('I have news for the person who asked here');
    expect(readIn(CHANNEL.id, before)).not.toContain('Contoso');
    expect(world.site.teams.in(CHANNEL.id).slice(before)).toHaveLength(1);
    goes(channel.guest);
  });
});
