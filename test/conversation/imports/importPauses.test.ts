import { type SourceRefusal, SourceRefused } from '../../../domain/organizations/ports';
import { buttonsOf } from '../../helpers/botWorld/cardReader';
import type { Seat } from '../../helpers/botWorld/seat';
import { withOutage } from '../../helpers/botWorld/spoiltStores';
import { HUDU, reviewing, useImports, work } from '../../helpers/botWorld/useImports';
import { organization } from '../../helpers/vendors/importWorld';

const world = useImports();
const SECOND = 1000;
const customers = () => world.bot.stores.customers.count({ where: { status: 'active' } });
const reads = (seat: Seat, words: string) => expect(seat.reads).toContain(words);

/** After so many more requests, the vendor refuses one. */
function refusesAfter(answered: number, refusal: SourceRefusal, detail?: string): void {
  let asked = 0;
  world.site.vendor.before = () => {
    if (asked++ >= answered) throw new SourceRefused(refusal, detail);
  };
}
const answersAgain = () => {
  world.site.vendor.before = () => undefined;
};

async function applying(seat: Seat): Promise<void> {
  await reviewing(seat, world.bot);
  await seat.clicks(seat.card, 'Apply');
}

describe('a vendor that is busy during Apply', () => {
  it('makes the import wait: the card says until when, no row fails, another instance goes on', async () => {
    const seat = world.seat(world.site.tess);
    await applying(seat);
    refusesAfter(3, 'throttled', '70');
    await work(world.bot);
    reads(
      seat,
      `${HUDU} is busy. What was done is kept; the import goes on by itself in 70 seconds, at 09:01 UTC.`,
    );
    expect(buttonsOf(seat.card.card)).toEqual(['Cancel']);
    answersAgain();
    world.site.clock.advance(69 * SECOND);
    await work(world.bot);
    expect(await customers()).toBe(2);
    world.site.clock.advance(SECOND);
    await work(await world.site.start());
    reads(seat, '✓ Finished: 11 customers created, 2 skipped');
  });

  it('does not stop rows that need no vendor, and gets no request twice', async () => {
    const { vendor, clock } = world.site;
    vendor.organizations = Array.from({ length: 40 }, (_, n) => organization(`n${n}`, `Company ${n}`));
    const seat = world.seat(world.site.tess);
    await applying(seat);
    refusesAfter(31, 'throttled', '20');
    await work(world.bot);
    reads(seat, '30 organizations done');
    reads(seat, 'is busy');
    const asked: string[] = [];
    answersAgain();
    const { one } = vendor;
    vendor.one = (id) => {
      asked.push(id);
      return one(id);
    };
    clock.advance(20 * SECOND);
    await work(world.bot);
    expect(asked).toEqual(Array.from({ length: 10 }, (_, n) => `n${n + 30}`));
    reads(seat, 'Finished: 40 customers created');
  });

  it('makes the import wait also when the whole list is read again', async () => {
    const { vendor, clock } = world.site;
    vendor.organizations = Array.from({ length: 60 }, (_, n) => organization(`n${n}`, `Company ${n}`));
    const seat = world.seat(world.site.tess);
    await reviewing(seat, world.bot);
    clock.advance(11 * 60 * SECOND);
    vendor.organizations = vendor.organizations.slice(1);
    await seat.clicks(seat.card, 'Apply');
    refusesAfter(5, 'throttled', '90');
    await work(world.bot);
    reads(seat, 'the import goes on by itself in 90 seconds, at 09:12 UTC');
    answersAgain();
    clock.advance(90 * SECOND);
    await work(world.bot);
    reads(seat, 'Finished: 59 customers created, 1 failed');
  });

  it('opens the review again with the remaining rows when it stays busy', async () => {
    const { vendor, clock } = world.site;
    vendor.organizations = Array.from({ length: 40 }, (_, n) => organization(`n${n}`, `Company ${n}`));
    const seat = world.seat(world.site.tess);
    await applying(seat);
    refusesAfter(31, 'unavailable');
    for (let pause = 0; pause < 6; pause++) {
      await work(world.bot);
      clock.advance(5 * 60 * SECOND);
    }
    reads(seat, 'not available at the moment');
    reads(seat, 'This was applied already.');
    expect(buttonsOf(seat.card.card)).toContain('Apply: create 10');
    answersAgain();
    await seat.clicks(seat.card, 'Apply');
    await work(world.bot);
    reads(seat, 'Finished: 40 customers created');
  });

  it('does not keep a person from cancelling during the wait', async () => {
    const seat = world.seat(world.site.tess);
    await applying(seat);
    refusesAfter(0, 'throttled', '70');
    await work(world.bot);
    await seat.clicks(seat.card, 'Cancel');
    answersAgain();
    world.site.clock.advance(70 * SECOND);
    await work(world.bot);
    reads(seat, 'The import was cancelled');
    expect(await customers()).toBe(1);
  });
});

it('pauses for a vendor are not attempts: after many of them, a failed job runs again', async () => {
  const { vendor, clock } = world.site;
  vendor.organizations = Array.from({ length: 30 }, (_, n) => organization(`n${n}`, `Company ${n}`));
  const seat = world.seat(world.site.tess);
  await seat.says('import organizations');
  for (let pause = 0; pause < 8; pause++) {
    refusesAfter(1, 'throttled', '20');
    await work(world.bot);
    reads(seat, 'is busy');
    clock.advance(20 * SECOND);
  }
  vendor.before = () => {
    throw new RangeError('a mistake of ours');
  };
  await work(world.bot);
  answersAgain();
  clock.advance(60 * SECOND);
  await work(world.bot);
  reads(seat, '30 organizations found');
});

describe('an instance that dies in the middle of an import', () => {
  /** Works until the third request to the vendor, then loses every connection. */
  async function dies(): Promise<void> {
    let asked = 0;
    const dying = await world.site.start(withOutage(() => asked >= 3));
    world.site.vendor.before = () => void asked++;
    await dying.runner.tick();
    answersAgain();
  }

  it.each(['reading', 'applying'])(
    'is replaced within twenty seconds while %s, and the card says so',
    async (state) => {
      const seat = world.seat(world.site.tess);
      if (state === 'reading') await seat.says('import organizations');
      else await applying(seat);
      await dies();
      const second = await world.site.start();
      world.site.clock.advance(19 * SECOND);
      await work(second);
      expect(seat.reads).not.toContain('Picked up again');
      world.site.clock.advance(SECOND);
      const said: string[] = [];
      world.site.teams.before = (what) => {
        if (what === 'update') setImmediate(() => said.push(seat.reads));
      };
      await work(second);
      expect(said[0]).toContain('Picked up again at 09:00 UTC after an interruption.');
      reads(seat, state === 'reading' ? '13 organizations found' : 'Finished: 11 customers created');
    },
  );

  it('is not mentioned when the work only waited for its vendor', async () => {
    const seat = world.seat(world.site.tess);
    refusesAfter(2, 'throttled', '20');
    await reviewing(seat, world.bot);
    const said: string[] = [];
    world.site.teams.before = () => void setImmediate(() => said.push(seat.reads));
    answersAgain();
    world.site.clock.advance(20 * SECOND);
    await work(world.bot);
    reads(seat, '13 organizations found');
    expect(said.length).toBeGreaterThan(1);
    expect(said.filter((text) => text.includes('Picked up again'))).toEqual([]);
  });
});
