import { cardActions } from '../../../bot/cardActions';
import { commands } from '../../../bot/commands';
import { createDialogs, type DialogDeps } from '../../../dialogs';
import { PERMISSIONS, type Permission, permissionsOf, type Role } from '../../../domain/people/person';
import { addsCustomer } from '../../helpers/botWorld/customers';
import type { Who } from '../../helpers/botWorld/seat';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const NAME = 'Northwind Traders';
const OTHER_TENANT = '00000000-0000-4000-8000-00000000ffff';
const refusals = async () =>
  (await world.bot.stores.audit.list({ limit: 1000 })).items
    .map(({ value }) => value)
    .filter(({ action }) => action === 'access.refused');

let customerId: string;
beforeEach(async () => {
  customerId = await addsCustomer(world.seat(world.site.ada), NAME, 'activeDirectory');
});

const ROLES: [string, 'abe' | 'tess' | 'ada', Role][] = [
  ['an approver', 'abe', 'approver'],
  ['a technician', 'tess', 'technician'],
  ['an admin', 'ada', 'admin'],
];
const may = (role: Role, permission: Permission | undefined) =>
  !permission || permissionsOf([role]).has(permission);

describe.each(ROLES)('%s', (_words, who, role) => {
  it.each(commands)('may type and click “$title” only with its permission', async ({ title, permission }) => {
    const seat = world.seat(world.site[who]);
    const before = await world.changes();
    const typed = await seat.says(`${title} ${NAME}`);
    await seat.says('cancel');
    const clicked = await seat.executes({ verb: 'command', data: { command: title, customerId } });
    if (may(role, permission)) {
      expect(typed.text + clicked.text).not.toContain('You may not');
      return;
    }
    expect(typed.text).toMatch(/^You may not .* Ask one of your Keyturn admins/);
    expect(clicked.text).toContain('You may not');
    expect(typed.text + clicked.text).not.toContain(NAME);
    expect(await world.changes()).toEqual(before);
    expect(await refusals()).toMatchObject([{ actor: { name: world.site[who].name }, outcome: 'refused' }]);
  });

  it.each(cardActions)('may use the verb “$verb” only with its permission', async ({ verb, permission }) => {
    const seat = world.seat(world.site[who]);
    const before = await world.changes();
    const data = {
      customerId,
      personId: world.site.tom.id,
      objectId: world.site.ned.id,
      role: 'admin',
      run: 'r',
      step: 's',
      do: 'leave',
      command: 'help',
    };
    const { text } = await seat.executes({ verb, data });
    expect(text.includes('You may not')).toBe(!may(role, permission));
    if (!may(role, permission)) expect(await world.changes()).toEqual(before);
  });
});

it('every dialog names its permission and asks for it again at each step', async () => {
  const definitions = createDialogs({} as DialogDeps);
  for (const { permission } of definitions) expect(PERMISSIONS).toContain(permission);
  const { people } = world.bot.stores;
  for (const command of [
    'add customer',
    `rename customer ${NAME}`,
    `connect office 365 ${NAME}`,
    `sync options ${NAME}`,
  ]) {
    const tess = world.seat(world.site.tess, { id: `a:${command}`, kind: 'personal' });
    await tess.says(command);
    const card = structuredClone(tess.card);
    const known = await people.get(world.site.tess.id ?? '');
    if (!known) throw new Error('Tess is not there');
    const demoted = await people.replace(known, { ...known.value, roles: ['approver'] });
    const before = await world.changes();
    const submit =
      ['Save', 'Rename', 'Confirm code'].find((title) => tess.reads.includes(`[${title}]`)) ?? '';
    const answers = { name: 'New Name', code: '123456', choice: 'singleSource' };
    expect((await tess.clicks(card, submit, answers)).text).toContain('You may not');
    expect((await tess.says('New Name')).text).toMatch(/You may not|answer on the card/);
    expect((await tess.says('')).text).toContain('You may not');
    expect(await world.changes()).toEqual(before);
    await people.replace(demoted, known.value);
  }
});

describe('a person whom the bot does not serve', () => {
  const strangers: [string, () => Who][] = [
    ['from another tenant', () => world.site.person('Eve', { tenantId: OTHER_TENANT })],
    ['invited as a guest', () => world.site.person('Gus', { guest: true })],
    ['without an object id', () => ({ ...world.site.person('Ida'), id: undefined })],
    ['who says to be somebody else', () => ({ ...world.site.person('Mal'), id: world.site.ada.id })],
    ['without a role', () => world.site.ned],
  ];

  describe.each(strangers)('%s', (_words, who) => {
    it('gets one polite sentence for anything, learns no name and changes nothing', async () => {
      const seat = world.seat(who());
      const before = await world.changes();
      const tries = [
        () => seat.says('customers'),
        () => seat.says(`customer ${NAME}`),
        () => seat.says('add customer Eve Ltd'),
        () => seat.installs(),
        () => seat.executes({ verb: 'customer', data: { customerId } }),
        () => seat.executes({ verb: 'addPerson', data: { objectId: who().id, role: 'admin' } }),
        () => seat.verifies('123456'),
      ];
      for (const attempt of tries) {
        const { messages, text } = await attempt();
        expect(messages).toHaveLength(1);
        expect(messages[0]?.text).toMatch(
          /I work for one organization only|You don’t have a role in Keyturn yet/,
        );
        expect(text).not.toMatch(/Northwind|Tess|Tom/);
      }
      expect(await world.changes()).toEqual(before);
      expect(await world.bot.stores.references.list({ limit: 9 })).toMatchObject({
        items: [{ id: 'a:Ada' }],
      });
    });

    it('is noted in the audit trail once an hour', async () => {
      const seat = world.seat(who());
      for (let n = 0; n < 5; n++) await seat.says('customers');
      expect(await refusals()).toHaveLength(1);
      world.site.clock.advance(60 * 60 * 1000);
      await seat.says('customers');
      expect(await refusals()).toHaveLength(2);
    });
  });

  it('learns whom to ask when only the role is missing', async () => {
    expect((await world.seat(world.site.ned).says('hi')).text).toContain('Ask Ada to type');
    world.site.microsoft.employs(world.site.tom);
    await world.seat(world.site.ada).says(`people add ${world.site.tom.id} admin`);
    expect((await world.seat(world.site.ned).says('hi')).text).toContain('Ask Ada, Tom to type “people”');
  });

  it('is refused when Teams names two tenants, or none', async () => {
    const seat = world.seat(world.site.ada);
    for (const channelData of [{ tenant: { id: OTHER_TENANT } }, {}, null])
      expect(
        (
          await seat.does({
            type: 'message',
            text: 'customers',
            channelData,
            conversation: { ...CHAT, tenantId: OTHER_TENANT },
          })
        ).text,
      ).toContain('one organization only');
    expect(
      (await seat.does({ type: 'message', text: 'customers', channelData: {}, conversation: CHAT })).text,
    ).toContain('one organization only');
  });

  it('is refused while Teams does not say who it is', async () => {
    const seat = world.seat(world.site.tom);
    world.site.teams.before = (what) => {
      if (what === 'lookup') throw new TypeError('no network');
    };
    expect((await seat.says('customers')).text).toContain('couldn’t check with Teams who you are');
  });
});

const CHAT = { id: 'a:Ada', conversationType: 'personal', isGroup: false, name: '' };

describe('the bot looks up every id in card data and trusts none:', () => {
  it.each(['', 'nope', '../../etc', '{"$gt":""}', '\u0000', '\ud800', 'x'.repeat(100)])('%j', async (id) => {
    const seat = world.seat(world.site.ada);
    const before = await world.changes();
    const seen = [
      await seat.executes({ verb: 'customer', data: { customerId: id } }),
      await seat.executes({ verb: 'testAgain', data: { customerId: id } }),
      await seat.executes({ verb: 'removePerson', data: { personId: id } }),
      await seat.executes({ verb: 'command', data: { command: 'rename customer', customerId: id || 'x' } }),
      await seat.executes({ verb: 'command', data: { command: 'restore customer', customerId: id || 'x' } }),
      await seat.executes({
        verb: 'command',
        data: { command: 'add active directory', customerId: id || 'x' },
      }),
    ];
    for (const { text, answer } of seen) {
      expect(answer?.status).toBe(200);
      expect(text).toMatch(/not here any more|no longer be restored|no longer has a role|cannot be used/);
    }
    expect(await world.changes()).toEqual(before);
  });
});
