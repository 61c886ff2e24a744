import { SourceRefused } from '../../../domain/organizations/ports';
import { buttonsOf, nodesOf } from '../../helpers/botWorld/cardReader';
import type { Seat } from '../../helpers/botWorld/seat';
import { HUDU, reviewing, useImports, work } from '../../helpers/botWorld/useImports';
import { organization } from '../../helpers/vendors/importWorld';

const world = useImports();
const inputsOf = (seat: Seat): string[] =>
  nodesOf(seat.card.card).flatMap(({ type, id }) =>
    /^Input/.test(String(type)) && String(id).startsWith('choice|') ? [String(id)] : [],
  );
const customers = () => world.bot.stores.customers.count({ where: { status: 'active' } });

describe('importing', () => {
  it('goes from the command to the result, on one card', async () => {
    const seat = world.seat(world.site.tess);
    expect((await seat.says('import organizations')).text).toContain('Reading the organizations');
    await work(world.bot);
    const card = seat.card.id;
    expect(seat.reads).toContain('13 organizations found');
    expect(seat.reads).toContain('1–6 of 11');
    await seat.clicks(seat.card, 'Likely');
    expect(seat.reads).toContain('Customer Contoso Ltd.');
    const [input = ''] = inputsOf(seat);
    await seat.clicks(seat.card, 'Save choices', { [input]: 'link' });
    expect(buttonsOf(seat.card.card)).toContain('Apply: create 11, link 1');
    await seat.clicks(seat.card, 'Apply');
    await work(world.bot);
    expect(seat.card.id).toBe(card);
    expect(seat.reads).toContain('✓ Finished: 11 customers created, 1 linked, 1 skipped');
    expect(await customers()).toBe(12);
    await seat.clicks(seat.card, 'Linked');
    expect(seat.reads).toContain('CONTOSO, Limited');
  });

  it('a second click on Apply creates nothing, and neither does a second import', async () => {
    const seat = world.seat(world.site.tess);
    await reviewing(seat, world.bot);
    const review = structuredClone(seat.card);
    await seat.clicks(review, 'Apply');
    await seat.clicks(review, 'Apply');
    await work(world.bot);
    await seat.clicks(review, 'Apply');
    await work(world.bot);
    const before = await customers();
    await reviewing(seat, world.bot);
    expect(buttonsOf(seat.card.card).filter((title) => title.startsWith('Apply'))).toEqual([]);
    expect(seat.reads).toContain('Linked (11)');
    expect(await customers()).toBe(before);
  });

  it('every button saves this person’s choices and keeps what another person chose meanwhile', async () => {
    const tess = world.seat(world.site.tess);
    const tom = world.seat(world.site.tom);
    await reviewing(tess, world.bot);
    await tom.says('import organizations');
    expect(tom.reads).toContain('13 organizations found');
    const [first = '', second = ''] = inputsOf(tess);
    await tess.clicks(tess.card, 'Next ›', { [first]: 'skip' });
    expect(tess.reads).toContain('7–11 of 11');
    await tom.clicks(tom.card, 'Next ›', { [second]: 'skip' });
    await tom.clicks(tom.card, '‹ Previous');
    expect(tom.reads).toContain('3 skipped.');
  });

  it('Apply takes along what this person changed on the page', async () => {
    const seat = world.seat(world.site.tess);
    await reviewing(seat, world.bot);
    const [first = ''] = inputsOf(seat);
    await seat.clicks(seat.card, 'Apply', { [first]: 'skip' });
    await work(world.bot);
    expect(seat.reads).toContain('✓ Finished: 10 customers created');
    expect(await customers()).toBe(11);
  });

  it('Apply does nothing when somebody else changed the choices, and says so beside the button', async () => {
    const [tess, tom] = [world.seat(world.site.tess), world.seat(world.site.tom)];
    await reviewing(tess, world.bot);
    await tom.says('import organizations');
    const [first = '', second = ''] = inputsOf(tess);
    await tom.clicks(tom.card, 'Save choices', { [first]: 'skip' });
    await tess.clicks(tess.card, 'Apply', { [second]: 'skip' });
    await work(world.bot);
    expect(await customers()).toBe(1);
    expect(tess.reads).toMatch(/The choices were changed meanwhile.*\[Apply: create 9\]/);
    const order = nodesOf(tess.card.card).map(({ text, title }) => String(text ?? title));
    const at = (words: string) => order.findIndex((each) => each.startsWith(words));
    expect(at('Apply') - at('The choices were changed')).toBeLessThan(6);
  });

  it('leads to the organization at the vendor, and to all that wait for a person', async () => {
    const seat = world.seat(world.site.tess);
    world.site.vendor.organizations.push(organization('v', 'Dell Support', { typeName: 'Vendor' }));
    await reviewing(seat, world.bot);
    expect(nodesOf(seat.card.card)).toContainEqual(
      expect.objectContaining({ type: 'Action.OpenUrl', url: 'https://docs.example.com/2' }),
    );
    await seat.clicks(seat.card, 'Review 2');
    expect(seat.reads).toContain('To review (2)');
    expect(seat.reads).toContain('“Vendor”');
    await seat.clicks(seat.card, 'Skip all 2');
    expect(buttonsOf(seat.card.card).join()).not.toContain('Review');
    expect(seat.reads).toContain('To review (2)');
  });

  it('a person chooses all or none, also of a search', async () => {
    const seat = world.seat(world.site.tess);
    await reviewing(seat, world.bot);
    await seat.clicks(seat.card, 'Skip all 11');
    expect(seat.reads).toContain('Nothing is chosen yet.');
    await seat.clicks(seat.card, 'Search', { search: 'company 3' });
    await seat.clicks(seat.card, 'Create all 1 found');
    expect(buttonsOf(seat.card.card)).toContain('Apply: create 1');
  });

  it('a person chooses page by page', async () => {
    const seat = world.seat(world.site.tess);
    await reviewing(seat, world.bot);
    await seat.clicks(seat.card, 'Next ›');
    await seat.clicks(seat.card, 'Skip this page');
    expect(seat.reads).toContain('7–11 of 11');
    expect(buttonsOf(seat.card.card)).toContain('Apply: create 6');
    expect(seat.reads).toContain('6 skipped.');
  });

  it('survives a crash: another instance goes on with reading and applying', async () => {
    const seat = world.seat(world.site.tess);
    await seat.says('import organizations');
    const second = await world.site.start();
    await work(second);
    await seat.at(second).clicks(seat.card, 'Apply');
    const third = await world.site.start();
    await work(third);
    expect(seat.reads).toContain('Finished: 11 customers created');
  });

  it('the card reports that a vendor refuses, and the person can try again', async () => {
    const seat = world.seat(world.site.tess);
    world.site.vendor.before = () => {
      throw new SourceRefused('badKey');
    };
    await reviewing(seat, world.bot);
    expect(seat.reads).toContain('The API key is not accepted');
    world.site.vendor.before = () => undefined;
    await seat.clicks(seat.card, 'Import again');
    await work(world.bot);
    expect(seat.reads).toContain('13 organizations found');
  });

  it('waits for a busy vendor, keeps what it has read, and goes on from there', async () => {
    const seat = world.seat(world.site.tess);
    const { vendor, clock } = world.site;
    vendor.before = () => {
      if (vendor.requests === 3) throw new SourceRefused('throttled', '70');
    };
    await reviewing(seat, world.bot);
    expect(seat.reads).toContain(
      `${HUDU} is busy. What was read is kept; the import goes on by itself in 70 seconds, at 09:01 UTC.`,
    );
    const { requests } = vendor;
    clock.advance(69_000);
    await work(world.bot);
    expect(vendor.requests).toBe(requests);
    clock.advance(1_000);
    await work(await world.site.start());
    expect(seat.reads).toContain('13 organizations found');
    expect(vendor.requests).toBe(6);
  });

  it('waits longer each time, and in the end says that the vendor is unavailable', async () => {
    const seat = world.seat(world.site.tess);
    world.site.vendor.before = () => {
      throw new SourceRefused('unavailable');
    };
    await reviewing(seat, world.bot);
    for (const [seconds, words] of [
      [15, '15 seconds, at 09:00 UTC'],
      [30, '30 seconds, at 09:00 UTC'],
      [60, '60 seconds, at 09:01 UTC'],
      [120, '2 minutes, at 09:03 UTC'],
      [240, '4 minutes, at 09:07 UTC'],
    ] as const) {
      expect(seat.reads).toContain('cannot be reached at the moment. What was read is kept');
      expect(seat.reads).toContain(`goes on by itself in ${words}`);
      world.site.clock.advance(seconds * 1000);
      await work(world.bot);
    }
    expect(seat.reads).toContain('not available at the moment');
    expect(buttonsOf(seat.card.card)).toContain('Import again');
  });

  it('when a vendor refuses during Apply, the review opens again with its choices', async () => {
    const seat = world.seat(world.site.tess);
    await reviewing(seat, world.bot);
    await seat.clicks(seat.card, 'Apply');
    world.site.vendor.before = () => {
      throw new SourceRefused('badKey');
    };
    await work(world.bot);
    expect(seat.reads).toContain('The API key is not accepted');
    world.site.vendor.before = () => undefined;
    await seat.clicks(seat.card, 'Apply');
    await work(world.bot);
    expect(seat.reads).toContain('Finished: 11 customers created');
  });

  it('Cancel ends the import without applying anything', async () => {
    const seat = world.seat(world.site.tess);
    await reviewing(seat, world.bot);
    const review = structuredClone(seat.card);
    await seat.clicks(seat.card, 'Cancel import');
    expect(seat.reads).toContain('The import was cancelled');
    await seat.clicks(review, 'Apply');
    await work(world.bot);
    expect(await customers()).toBe(1);
  });

  it.each([
    ['importReview', { group: 'new' }],
    ['importApply', { create: 11, link: 0 }],
    ['importCancel', {}],
    ['importResult', {}],
    ['importList', {}],
    ['importStart', { integrationId: 'hudu' }],
    ['integration', { integrationId: 'hudu', do: 'remove' }],
    ['organization', { linkId: 'hudu:1', do: 'unlink' }],
  ])('the verb %s needs its permission, and made-up ids lead nowhere', async (verb, data) => {
    await reviewing(world.seat(world.site.tess), world.bot);
    await world.seat(world.site.ada).says('help');
    const { items } = await world.bot.stores.importRuns.list({ limit: 9 });
    const before = await world.changes();
    const runId = items[0]?.id;
    const refused = await world.seat(world.site.abe).executes({ verb, data: { runId, ...data } });
    expect(refused.text).toContain('You may not');
    const lost = await world
      .seat(world.site.ada)
      .executes({ verb, data: { ...data, runId: 'none', integrationId: 'none', linkId: 'none' } });
    expect(lost.text).toMatch(/not here any more|was removed|not there any more/);
    expect(await world.changes()).toEqual(before);
  });
});
