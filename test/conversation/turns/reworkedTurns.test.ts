import type { Seat } from '../../helpers/botWorld/seat';
import { withConflict } from '../../helpers/botWorld/spoiltStores';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const names = async () =>
  (await world.bot.stores.customers.list({ limit: 100 })).items.map(({ value }) => value.name);

describe('a turn that loses to another one is worked out again before anything is sent', () => {
  const armed = { now: false };

  /** The same conversation with and without a lost commit in its last turn. */
  async function shownBy(last: (seat: Seat) => Promise<unknown>, first: (seat: Seat) => Promise<unknown>) {
    const tess = world.seat(world.site.ada).at(await world.site.start(withConflict(armed)));
    await first(tess);
    armed.now = true;
    const seen = (await last(tess)) as { text: string };
    expect(armed.now).toBe(false);
    return seen.text;
  }

  const added = async (seat: Seat) => {
    await seat.says('add customer Contoso');
  };

  it('adding: one customer, and the bot says that it was added', async () => {
    const text = await shownBy(
      (seat) => seat.clicks(seat.card, 'Save', { name: 'Contoso' }),
      (seat) => seat.says('add customer'),
    );
    expect(text).toContain('Contoso was added.');
    expect(await names()).toEqual(['Contoso']);
  });

  it('renaming', async () => {
    const text = await shownBy(
      (seat) => seat.says('Fabrikam'),
      async (seat) => {
        await added(seat);
        await seat.says('rename customer Contoso');
      },
    );
    expect(text).toContain('Contoso is now called Fabrikam.');
  });

  it('removing', async () => {
    const text = await shownBy(
      (seat) => seat.says('contoso'),
      async (seat) => {
        await added(seat);
        await seat.says('remove customer Contoso');
      },
    );
    expect(text).toContain('Contoso was removed.');
  });

  it('restoring', async () => {
    const text = await shownBy(
      (seat) => seat.clicks(seat.card, 'Restore'),
      async (seat) => {
        await added(seat);
        await seat.says('remove customer Contoso');
        await seat.says('contoso');
      },
    );
    expect(text).toContain('Restored as it was.');
  });

  it('giving and taking a role', async () => {
    world.site.microsoft.employs(world.site.ned);
    const given = await shownBy(
      (seat) => seat.says(`people add ${world.site.ned.id} approver`),
      async () => undefined,
    );
    expect(given).toContain('is now: approver.');
    const taken = await shownBy(
      (seat) => seat.executes({ verb: 'removePerson', data: { personId: world.site.ned.id } }),
      async () => undefined,
    );
    expect(taken).toContain('no longer has a role.');
    expect(taken).not.toContain('Nothing was changed');
  });

  afterEach(async () => {
    const { items } = await world.bot.stores.audit.list({ limit: 100 });
    expect(items.map(({ value }) => value.outcome)).toEqual(items.map(() => 'done'));
  });
});
