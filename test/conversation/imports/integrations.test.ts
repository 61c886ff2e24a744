import { openKeyEntry, submitKey } from '../../../domain/integrations/enterKey';
import { SourceRefused } from '../../../domain/organizations/ports';
import { beginMissing } from '../../../domain/schedules/beginMissing';
import type { Bot } from '../../helpers/botWorld/bot';
import { nodesOf, textOf } from '../../helpers/botWorld/cardReader';
import { HUDU, useImports, work } from '../../helpers/botWorld/useImports';
import { organization } from '../../helpers/vendors/importWorld';

const world = useImports();
const customers = () => world.bot.stores.customers.count({ where: { status: 'active' } });

describe('integrations', () => {
  it('are for admins', async () => {
    expect((await world.seat(world.site.tess).says('integrations')).text).toContain('You may not');
    expect((await world.seat(world.site.ada).says('integrations')).text).toContain(HUDU);
  });

  it('an admin enters the API key on a page whose link is stored nowhere, and its code ends the dialog', async () => {
    const seat = world.seat(world.site.ada);
    await seat.says('integrations add it glue');
    const asked = await seat.clicks(seat.card, 'Next', { choice: 'eu' });
    const link = asked.messages.find(({ signIn }) => signIn)?.signIn?.link ?? '';
    const handle = new URL(link).searchParams.get('h') ?? '';
    expect(JSON.stringify(await world.bot.stores.conversations.list({ limit: 9 }))).not.toContain(handle);
    const records = { ...world.bot.keys };
    const { cookie, csrf } = await openKeyEntry(records, { handle });
    const submitted = await submitKey(records, { handle, cookie, csrf, apiKey: 'ITG.0123456789' });
    if (submitted.outcome !== 'code') throw new Error('no code');
    expect((await seat.says('000000')).text).toContain('That code is not right');
    const ended = await seat.verifies(submitted.code);
    expect(ended.text).toContain('IT Glue (EU) was added.');
    expect((await seat.says('integrations')).text).toContain('IT Glue (EU)');
    expect(world.site.log.text()).not.toContain('ITG.0123456789');
  });

  it('the card refuses an invalid host', async () => {
    const seat = world.seat(world.site.ada);
    await seat.says('integrations add hudu');
    await seat.clicks(seat.card, 'Next', { host: 'docs.example.com:8443' });
    expect(seat.reads).toContain('Please type only the host');
  });

  it.each([
    'https://docs.example.org/companies/7',
    'integrations add hudu https://docs.example.org/',
    'please connect hudu docs.example.org',
  ])('“%s” names the host, and the bot does not ask for it', async (text) => {
    const seat = world.seat(world.site.ada);
    await seat.says(text);
    expect(seat.reads).toContain('docs.example.org');
    expect(seat.reads).toContain('[Confirm code]');
  });

  it('a pasted host that cannot be used is asked for, with the reason', async () => {
    const seat = world.seat(world.site.ada);
    const { text } = await seat.says('add hudu docs.example.org:8443');
    expect(text).toContain('without a name before it or a port behind it');
    expect(seat.reads).toContain('Add Hudu');
  });

  it('an admin can replace a key; in the middle of a dialog the bot asks first', async () => {
    const seat = world.seat(world.site.ada);
    await seat.says('integrations');
    const list = structuredClone(seat.card);
    await seat.says('add customer');
    expect((await seat.clicks(list, 'Replace key')).text).toContain('Add customer');
    await seat.clicks(seat.card, 'Discard');
    expect(seat.reads).toContain('[Confirm code]');
    await seat.says('cancel');
    expect(world.site.teams.messages.findLast(({ signIn }) => signIn)?.signIn?.link).toContain(
      '/integrations/key',
    );
  });

  it('without a master key the bot asks for no API key, and says why', async () => {
    Object.assign(world.site.vault, { canSeal: false });
    expect((await world.seat(world.site.ada).says('integrations add hudu')).text).toContain('MASTER_KEYS');
  });

  it('can be paused, resumed and removed, and customers stay', async () => {
    const seat = world.seat(world.site.ada);
    await seat.says('integrations');
    await seat.clicks(seat.card, 'Pause');
    expect(seat.reads).toContain('paused');
    expect((await seat.says('import organizations')).text).toContain('No IT Glue or Hudu');
    await seat.says('integrations');
    await seat.clicks(seat.card, 'Resume');
    await seat.clicks(seat.card, 'Remove');
    expect(seat.reads).toContain('The API key of Hudu');
    await seat.clicks(seat.card, 'Remove integration');
    expect(await world.bot.stores.integrations.count()).toBe(0);
    expect(await customers()).toBe(1);
  });
});

describe('linked organizations', () => {
  const link = (name: string) =>
    world.bot.stores.links.insert('hudu:1', {
      customerId: 'contoso',
      integrationId: 'hudu',
      organizationId: '1',
      upstream: { name, state: 'active', seenAt: 0, url: 'https://docs.example.com/1' },
      linkedAt: 0,
      linkedBy: { id: 'ada', name: 'Ada' },
    });

  it('a refresh finds a new name, and the bot renames nothing before a person decides', async () => {
    await link('Contoso Ltd');
    world.site.vendor.organizations[0] = organization('1', 'Contoso Group');
    const seat = world.seat(world.site.tess);
    await seat.says('refresh organizations');
    await work(world.bot);
    expect(seat.reads).toContain('1 renamed');
    expect((await world.bot.stores.customers.get('contoso'))?.value.name).toBe('Contoso Ltd');
    await seat.says('customer Contoso');
    expect(seat.reads).toContain('The name differs there');
    expect(nodesOf(seat.card.card).find(({ type }) => type === 'Action.OpenUrl')?.url).toBe(
      'https://docs.example.com/1',
    );
    const card = structuredClone(seat.card);
    await seat.clicks(seat.card, 'Take their name');
    expect(seat.reads).toContain('Contoso Group');
    await seat.clicks(card, 'Take their name');
    expect((await world.bot.stores.customers.get('contoso'))?.value.name).toBe('Contoso Group');
  });

  it('a person keeps our name, or unlinks the organization', async () => {
    await link('Contoso Group');
    const seat = world.seat(world.site.tess);
    await seat.says('customer Contoso');
    await seat.clicks(seat.card, 'Keep ours');
    expect(seat.reads).not.toContain('The name differs there');
    await seat.clicks(seat.card, 'Unlink');
    expect(await world.bot.stores.links.count()).toBe(0);
  });

  it('one of several instances refreshes them once a day', async () => {
    await link('Contoso Ltd');
    const second = await world.site.start();
    const daily = ({ daily: chores }: Bot) => Promise.all(chores.map((chore) => chore.run()));
    await beginMissing({ stores: world.bot.stores, clock: world.site.clock });
    world.site.clock.advance(24 * 3600_000);
    await Promise.all([daily(world.bot), daily(second)]);
    await daily(world.bot);
    expect(await world.bot.stores.jobs.count()).toBe(1);
    world.site.clock.advance(24 * 3600_000);
    await daily(second);
    expect(await world.bot.stores.jobs.count()).toBe(2);
  });

  it('adding a customer does not offer an organization that has one, and says so', async () => {
    const seat = world.seat(world.site.tess);
    await world.bot.stores.links.insert('hudu:2', {
      customerId: 'contoso',
      integrationId: 'hudu',
      organizationId: '2',
      upstream: { name: 'Adatum', state: 'active', seenAt: 0 },
      linkedAt: 0,
      linkedBy: { id: 'tess', name: 'Tess' },
    });
    await seat.says('add customer Adat');
    expect(seat.reads).toContain('1 organization of that name already has a customer.');
    expect(seat.reads).not.toContain('one of these');
  });

  it('adding a customer offers its organization', async () => {
    const seat = world.seat(world.site.tess);
    await seat.says('add customer Adat');
    expect(seat.reads).toContain('Is Adat one of these?');
    const { id } = seat.card;
    await seat.clicks(seat.card, 'Use Adatum');
    expect(seat.card.id).toBe(id);
    expect(seat.reads).toContain('Set up Adatum');
    expect(textOf(seat.card.card)).toContain(`It is linked to Adatum in ${HUDU}`);
    expect((await world.bot.stores.links.get('hudu:2'))?.value.upstream.name).toBe('Adatum');
  });

  it('a name alone links nothing, and a failing vendor stops nobody', async () => {
    const seat = world.seat(world.site.tess);
    await seat.says('add customer Company');
    await seat.clicks(seat.card, 'Just the name');
    expect(await world.bot.stores.links.count()).toBe(0);
    world.site.vendor.before = () => {
      throw new SourceRefused('unavailable');
    };
    await seat.says('add customer Adatum');
    expect(seat.reads).toContain('Set up Adatum');
  });
});
