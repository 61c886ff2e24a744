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

it('adds a person by object id, and learns the name when they first speak', async () => {
  const { ned } = world.site;
  const ada = world.seat(world.site.ada);
  await ada.says('people');
  await ada.clicks(ada.card, 'Add person', { objectId: ` ${ned.id?.toUpperCase()} `, role: 'technician' });
  expect((await world.bot.stores.people.get(ned.id ?? ''))?.value.name).toBe(ned.id);
  await world.seat(ned).says('hi');
  expect((await world.bot.stores.people.get(ned.id ?? ''))?.value).toMatchObject({
    name: 'Ned',
    roles: ['technician'],
  });
  expect((await ada.says('people')).text).toContain('Ned');
});

it.each(['', 'nonsense', '{}', 'x'.repeat(150)])('refuses the object id %j on the card', async (objectId) => {
  const ada = world.seat(world.site.ada);
  await ada.says('people');
  const before = await world.changes();
  expect((await ada.clicks(ada.card, 'Add person', { objectId, role: 'admin' })).text).toContain(
    'not an Entra object id',
  );
  expect(await world.changes()).toEqual(before);
});

it('gives no role to a guest or to a person of another organization', async () => {
  const ada = world.seat(world.site.ada, GROUP);
  const guest = world.site.person('Gus', { guest: true });
  const foreign = world.site.person('Eve', { tenantId: '00000000-0000-4000-8000-00000000ffff' });
  for (const who of [guest, foreign]) {
    expect((await ada.says(`people add <at>${who.name}</at>`, { mentions: [who] })).text).toContain(
      'cannot be given a role',
    );
    expect(await rolesOf(who.id)).toBeUndefined();
  }
});

it('removing a person takes effect at once, even on an open dialog and on an old card', async () => {
  const tess = world.seat(world.site.tess);
  await tess.says('customers');
  const list = structuredClone(tess.card);
  await tess.says('add customer');
  const question = structuredClone(tess.card);
  const ada = world.seat(world.site.ada);
  await ada.executes({ verb: 'removePerson', data: { personId: world.site.tess.id } });
  const before = await world.changes();
  for (const seen of [
    await tess.clicks(question, 'Next', { name: 'Contoso' }),
    await tess.says('Contoso'),
    await tess.clicks(list, 'Search', { search: '' }),
    await tess.clicks(list, 'Add customer'),
  ])
    expect(seen.text).toContain('You don’t have a role in Keyturn');
  expect(await world.changes()).toEqual(before);
});

it('the first admins can’t be removed in chat, and see themselves in the list', async () => {
  const ada = world.seat(world.site.ada);
  expect((await ada.says('people')).text).toMatch(/Ada.*admin.*Named in the settings/);
  const { text } = await ada.executes({ verb: 'removePerson', data: { personId: world.site.ada.id } });
  expect(text).toContain('can only be removed there');
});

it('every change of people is in the audit trail', async () => {
  const ada = world.seat(world.site.ada);
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
