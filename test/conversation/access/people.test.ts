import { MicrosoftRefused } from '../../../domain/tenants/refusals/microsoftRefused';
import { nodesOf, standingInputs } from '../../helpers/botWorld/cardReader';
import { sampleCustomer } from '../../helpers/botWorld/sampleCustomer';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const rolesOf = async (id = '') => (await world.bot.stores.people.get(id))?.value.roles;
const GROUP = { id: '19:group', kind: 'groupChat' } as const;

it('adds a mentioned person, as Teams knows them', async () => {
  const ada = world.seat(world.site.ada, GROUP);
  const { ned } = world.site;
  expect((await ada.says('people add <at>Ned</at> approver', { mentions: [ned] })).text).toContain(
    'Ned is now: approver.',
  );
  expect(await rolesOf(ned.id)).toEqual(['approver']);
  expect((await world.seat(ned).says('customers')).text).toContain('No customers yet.');
});

it('takes no role from a person’s name', async () => {
  const admin = world.site.person('Admin Anna');
  const ada = world.seat(world.site.ada, GROUP);
  await ada.says('people add <at>Admin Anna</at> technician', { mentions: [admin] });
  expect(await rolesOf(admin.id)).toEqual(['technician']);
  expect((await ada.says('people add <at>Admin Anna</at> boss', { mentions: [admin] })).text).toContain(
    'Type “people add',
  );
  expect(await rolesOf(admin.id)).toEqual(['technician']);
});

it('adds one person at a time, and refuses two mentions', async () => {
  const ada = world.seat(world.site.ada, GROUP);
  const { text } = await ada.says('people add <at>Ned</at> <at>Abe</at> admin', {
    mentions: [world.site.ned, world.site.abe],
  });
  expect(text).toContain('one person at a time');
  expect(await rolesOf(world.site.ned.id)).toBeUndefined();
});

const addsOnCard = async (inputs: Record<string, string>) => {
  const ada = world.seat(world.site.ada);
  await ada.says('people');
  return ada.clicks(ada.card, 'Give this role', { role: 'technician', ...inputs });
};

describe('the card', () => {
  const NOBODY = '00000000-0000-4000-8000-0000000000ee';

  it.each([
    ['whom Teams’ people picker found', ({ id = '' }) => ({ person: id })],
    ['by address', ({ name = '' }) => ({ address: ` ${name.toUpperCase()}@MSP.example ` })],
    ['by object id', ({ id = '' }) => ({ address: ` ${id.toUpperCase()} ` })],
    ['of a card of an earlier version', ({ id = '' }) => ({ objectId: id })],
  ])('adds a person %s, by the name in the directory', async (_how, inputs) => {
    const { ned } = world.site;
    world.site.microsoft.employs(ned);
    expect((await addsOnCard(inputs(ned))).text).toContain('Ned is now: technician.');
    expect((await world.bot.stores.people.get(ned.id ?? ''))?.value).toMatchObject({
      name: 'Ned',
      roles: ['technician'],
    });
  });

  it('offers to remove somebody only where somebody can be removed', async () => {
    const ada = world.seat(world.site.ada);
    expect((await ada.says('people')).text).toContain('Choose a person to remove them');
    for (const { id } of (await world.bot.stores.people.list({ limit: 10 })).items)
      if (id !== world.site.ada.id) await world.bot.stores.people.remove(id);
    expect((await ada.says('people')).text).toContain('1 person may use Keyturn. Ada');
  });

  it('offers no approver: there is nothing to approve', async () => {
    const ada = world.seat(world.site.ada);
    await ada.says('people');
    expect(JSON.stringify(ada.card.card)).not.toMatch(/approver:/i);
  });

  it.each<[string, Record<string, string>, string]>([
    ['nobody', {}, 'Choose a person'],
    ['what is neither address nor id', { address: 'Megan' }, 'Choose a person'],
    ['an unknown id', { person: NOBODY }, 'Nobody in your organization'],
    ['a person and an address', { person: NOBODY, address: 'ned@msp.example' }, 'Leave one of them empty'],
    ['a guest', { address: 'gus@msp.example' }, 'A guest'],
    ['a blocked account', { address: 'bea@msp.example' }, 'blocked from signing in'],
    ['no role', { address: 'ned@msp.example', role: '' }, 'Choose a role'],
  ])('refuses %s, changes nothing and keeps what was filled in', async (_what, inputs, sentence) => {
    const gus = { id: '00000000-0000-4000-8000-0000000000aa', name: 'Gus', guest: true };
    const bea = { id: '00000000-0000-4000-8000-0000000000bb', name: 'Bea', blocked: true };
    world.site.microsoft.employs(world.site.ned, gus, bea);
    await world.seat(world.site.ada).says('people');
    const before = await world.changes();
    const { card, text } = await addsOnCard(inputs);
    expect(text).toContain(sentence);
    expect(await world.changes()).toEqual(before);
    expect(standingInputs(card)).toMatchObject(inputs.role === '' ? { address: inputs.address } : inputs);
    expect(nodesOf(card).find(({ id }) => id === 'form')).toMatchObject({ isVisible: true });
  });

  it('names people who were known by object id alone, once the directory tells their names', async () => {
    const { ned } = world.site;
    const addedBy = { id: 'setup', name: 'Setup' };
    const id = ned.id ?? '';
    const unnamed = { objectId: id, name: id, roles: ['technician' as const], addedBy, addedAt: 0 };
    await world.bot.stores.people.insert(id, unnamed);
    const ada = world.seat(world.site.ada);
    expect((await ada.says('people')).text).toContain(`Name not known yet ${id}`);
    world.site.microsoft.employs(ned);
    expect((await ada.says('people')).text).toMatch(/Ned Technician/);
    expect((await world.bot.stores.people.get(id))?.value.name).toBe('Ned');
  });
});

describe('where Keyturn may not read the directory', () => {
  it('adds only a person who wrote to Keyturn within three days', async () => {
    const { ned } = world.site;
    expect((await addsOnCard({ person: ned.id ?? '' })).text).toContain('Ask the person to write “hi” to me');
    await world.seat(ned).says('hi');
    world.site.clock.advance(71 * 3_600_000);
    expect((await addsOnCard({ person: ned.id ?? '' })).text).toContain('Ned is now: technician.');
  });

  it('adds a member of the group chat by object id, and nobody who is not in it', async () => {
    const { ned } = world.site;
    const ada = world.seat(world.site.ada, GROUP);
    expect((await ada.says(`people add ${ned.id} technician`)).text).toContain('I may not read');
    world.site.teams.enters(GROUP.id, ned.channelId);
    expect((await ada.says(`people add ${ned.id} technician`)).text).toContain('Ned is now: technician.');
  });

  it('does not add a guest who wrote, nor anybody by address', async () => {
    const gus = world.site.person('Gus', { guest: true });
    await world.seat(gus).says('hi');
    for (const inputs of [{ person: gus.id ?? '' }, { address: 'gus@msp.example' }] as Record<
      string,
      string
    >[])
      expect((await addsOnCard(inputs)).text).toContain('I may not read your organization’s directory');
    expect(await rolesOf(gus.id)).toBeUndefined();
  });
});

it('says to try again when Microsoft does not answer, and changes nothing', async () => {
  world.site.microsoft.find = async () => {
    throw new MicrosoftRefused('unavailable');
  };
  await world.seat(world.site.ada).says('people');
  const before = await world.changes();
  expect((await addsOnCard({ person: world.site.ned.id ?? '' })).text).toContain('try again in a minute');
  expect(await world.changes()).toEqual(before);
});

it('gives no role to a guest or to a person of another organization', async () => {
  const ada = world.seat(world.site.ada, GROUP);
  const guest = world.site.person('Gus', { guest: true });
  const foreign = world.site.person('Eve', { tenantId: '00000000-0000-4000-8000-00000000ffff' });
  for (const who of [guest, foreign]) {
    expect((await ada.says(`people add <at>${who.name}</at>`, { mentions: [who] })).text).toContain(
      'cannot have a role',
    );
    expect(await rolesOf(who.id)).toBeUndefined();
  }
});

it('removing a person takes effect at once, even on an open dialog and on an old card', async () => {
  const tess = world.seat(world.site.tess);
  const known = sampleCustomer('Northwind');
  await world.bot.stores.customers.insert(known.id, known);
  await tess.says('customers');
  const list = structuredClone(tess.card);
  await tess.says('add customer');
  const question = structuredClone(tess.card);
  const ada = world.seat(world.site.ada);
  await ada.executes({ verb: 'removePerson', data: { personId: world.site.tess.id } });
  const before = await world.changes();
  for (const seen of [
    await tess.clicks(question, 'Save', { name: 'Contoso' }),
    await tess.says('Contoso'),
    await tess.clicks(list, 'Search', { search: '' }),
    await tess.clicks(list, 'Add customer'),
  ])
    expect(seen.text).toContain('You don’t have a role in Keyturn');
  expect(await world.changes()).toEqual(before);
});

it('the first admins can’t be removed in chat, and see themselves in the list', async () => {
  const ada = world.seat(world.site.ada);
  expect((await ada.says('people')).text).toMatch(/Ada.*Named in the settings.*Admin/);
  const { text } = await ada.executes({ verb: 'removePerson', data: { personId: world.site.ada.id } });
  expect(text).toContain('can only be removed there');
});

it('every change of people is in the audit trail', async () => {
  const ada = world.seat(world.site.ada);
  world.site.microsoft.employs(world.site.ned);
  await ada.says(`people add ${world.site.ned.id} approver`);
  await ada.executes({ verb: 'removePerson', data: { personId: world.site.ned.id } });
  const { items } = await world.bot.stores.audit.list({ sort: { key: 'at' }, limit: 50 });
  expect(items.map(({ value }) => value)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        action: 'person.add',
        after: 'approver',
        outcome: 'done',
        actor: { id: world.site.ada.id, name: 'Ada' },
      }),
      expect.objectContaining({ action: 'person.remove', before: 'approver', outcome: 'done' }),
    ]),
  );
});
