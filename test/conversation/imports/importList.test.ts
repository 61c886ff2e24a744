import { openListLink } from '../../../domain/imports/importListLink';
import { buttonsOf, nodesOf } from '../../helpers/botWorld/cardReader';
import type { Conversation, Seat } from '../../helpers/botWorld/seat';
import { reviewing, useImports, work } from '../../helpers/botWorld/useImports';

const world = useImports();
const CHANNEL: Conversation = { id: '19:channel@thread.tacv2;messageid=7', kind: 'channel' };

async function finished(seat: Seat): Promise<void> {
  await reviewing(seat, world.bot);
  await seat.clicks(seat.card, 'Apply');
  await work(world.bot);
}
const handleIn = (card: unknown): string => {
  const [link] = nodesOf(card).filter(({ type }) => type === 'Action.OpenUrl');
  return new URL(String(link?.url)).searchParams.get('h') ?? '';
};
const opened = (handle: string) =>
  openListLink({ ...world.bot.signIn, firstAdmins: [], stores: world.bot.stores }, handle);

it('the person who asked gets the link on their own view of the card, and it is stored nowhere', async () => {
  const tess = world.seat(world.site.tess);
  await finished(tess);
  await tess.clicks(tess.card, 'Skipped');
  const shown = structuredClone(tess.card);
  const before = world.site.teams.messages.length;
  const seen = await tess.clicks(tess.card, 'Get the list');
  expect(seen.text).toContain('can be downloaded until 09:10 UTC. Only you can open it');
  expect(seen.text).toContain('1–2 of 2');
  expect(buttonsOf(seen.card)).toContain('New link');
  const handle = handleIn(seen.card);
  expect((await opened(handle)).value.state).toBe('done');
  expect(world.site.teams.messages).toHaveLength(before);
  expect(tess.card).toEqual(shown);
  const { stores } = world.bot;
  const kept = await Promise.all(
    [stores.conversations, stores.oneTimeLinks, stores.audit].map((store) => store.list({ limit: 99 })),
  );
  expect(JSON.stringify(kept)).not.toContain(handle);
  expect(world.site.log.text()).not.toContain(handle);
});

it('the bot makes the link in the personal chat of the person who asked, and nowhere else', async () => {
  const group = world.seat(world.site.tess, CHANNEL);
  await finished(group);
  const seen = await group.clicks(group.card, 'Get the list');
  expect(seen.text).toContain('Open our personal chat and type “import list” there.');
  expect((await world.bot.stores.oneTimeLinks.list({ limit: 9 })).items).toEqual([]);
  const [tess, tom] = [world.seat(world.site.tess), world.seat(world.site.tom)];
  await tess.says('import list');
  const first = handleIn((await tess.clicks(tess.card, 'Get the list')).card);
  await tom.says('import list');
  const second = handleIn((await tom.clicks(tom.card, 'Get the list')).card);
  expect(second).not.toBe(first);
  await world.bot.stores.people.remove(world.site.tess.id ?? '');
  await expect(opened(first)).rejects.toMatchObject({ code: 'notAllowed' });
  expect((await opened(second)).value.state).toBe('done');
});

it('the list is not offered while the import goes on', async () => {
  const tess = world.seat(world.site.tess);
  await reviewing(tess, world.bot);
  const { items } = await world.bot.stores.importRuns.list({ limit: 9 });
  const seen = await tess.executes({ verb: 'importList', data: { runId: items[0]?.id } });
  expect(seen.text).toContain('You can get its list when it ends.');
});
