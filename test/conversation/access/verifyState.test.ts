import { administratorSignsIn } from '../../helpers/botWorld/administrator';
import type { Seat, Seen } from '../../helpers/botWorld/seat';
import { useTenantQuestion } from '../../helpers/botWorld/useTenantQuestion';

const { world, opened, office365 } = useTenantQuestion();

let tess: Seat;
let contoso: string;
let code: string;
beforeEach(async () => {
  ({ tess, contoso } = await opened());
  code = await administratorSignsIn(world.bot, world.site.teams.in(tess.conversation.id));
});

const proposal = async () => (await world.bot.stores.tenantProposals.get(contoso))?.value;
const verifies = (seat: Seat, value: unknown) =>
  seat.does({ type: 'invoke', name: 'signin/verifyState', value });

/** Runs `does` and checks that nothing changes and that the invoke's answer is not a fault of the bot. */
async function changesNothing(does: () => Promise<Seen>): Promise<void> {
  const before = await world.changes();
  const { answer } = await does();
  expect(answer?.status).toBeGreaterThanOrEqual(200);
  expect(answer?.status).toBeLessThan(500);
  expect(await world.changes()).toEqual(before);
  expect(await proposal()).toBeUndefined();
  expect(await office365()).toBe('notChosen');
}

const FOREIGN = '00000000-0000-4000-8000-0000000000ff';
const others = (): [string, Seat['who']][] => [
  ['somebody without a role', world.site.ned],
  ['somebody of another tenant', world.site.person('Eve', { tenantId: FOREIGN })],
  ['a guest', world.site.person('Gus', { guest: true })],
  ['another technician', world.site.tom],
];

describe.each(['in a chat of their own', 'in the technician’s chat'])(
  'the right code from another person %s',
  (where) => {
    const conversationOf = ({ name }: Seat['who']) =>
      where === 'in a chat of their own' ? { id: `a:${name}`, kind: 'personal' as const } : tess.conversation;

    it('changes nothing, and still works for the technician', async () => {
      for (const [, who] of others())
        await changesNothing(() => verifies(world.seat(who, conversationOf(who)), { state: code }));
      await verifies(tess, { state: code });
      expect(await proposal()).toMatchObject({ state: 'waiting', technician: { id: world.site.tess.id } });
    });
  },
);

describe.each([
  ['nothing', undefined],
  ['null', null],
  ['a text', 'made up'],
  ['a list', ['made up']],
  ['no state', {}],
  ['a number as its state', { state: 123_456 }],
  ['an object as its state', { state: { toString: 'x', __proto__: { code: '1' } } }],
])('an invoke that holds %s', (_, value) => {
  it('changes nothing and does not count as a wrong code', async () => {
    await changesNothing(() => verifies(tess, value));
    for (const [, who] of others()) await changesNothing(() => verifies(world.seat(who), value));
  });
});

test.each([
  ['an empty text', ''],
  ['the word of a closed window', 'CancelledByUser'],
  ['a character that no store takes', '\u0000'],
  ['a very long text', 'x'.repeat(100_000)],
  ['a template', '${code}'],
])('a made-up state connects nothing: %s', async (_, state) => {
  const { answer } = await verifies(tess, { state });
  expect(answer?.status).toBe(200);
  expect(await proposal()).toBeUndefined();
  expect(await office365()).toBe('notChosen');
});
