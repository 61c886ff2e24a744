import { MEGAN, understanding } from '../../helpers/bot/useUnderstanding';

const NAMES = [
  'Contoso',
  'Contoso Pharma',
  'Fabrikam Dental',
  'Müller & Söhne GmbH',
  'The Phone Company',
  'Back to Basics',
  'Stop Loss',
  'IT',
];
const INTEGRATIONS = [
  { id: 'hudu', name: 'MSP Hudu', kind: 'hudu', usable: true },
  { id: 'glue', name: 'Glue EU', kind: 'itglue', usable: true },
  { id: 'old', name: 'Old Hudu', kind: 'hudu', usable: false },
] as const;

let means: Awaited<ReturnType<typeof understanding>>;
beforeAll(async () => {
  means = await understanding(NAMES, {
    integrations: async () => [...INTEGRATIONS],
    mentioned: async () => ({ objectId: MEGAN, name: 'Megan Bowen' }),
  });
});

const CONTOSO = { customerId: 'Contoso' };
const DENTAL = { customerId: 'Fabrikam Dental' };

describe('politeness, filler and the order of words do not count:', () => {
  it.each([
    ['please add a NEW customer', 'add customer', { name: '' }],
    ['can you show fabrikam', 'customer', DENTAL],
    ['Could you please open the customer Contoso, thanks', 'customer', CONTOSO],
    ['I would like to see fabrikam dental', 'customer', DENTAL],
    ['show me the agents of fabrikam', 'agents', DENTAL],
    ['fabrikam agents', 'agents', DENTAL],
    ["Fabrikam Dental's agents please", 'agents', DENTAL],
    ['customer fabrikam agents', 'agents', DENTAL],
    ['sync options for fabrikam', 'sync options', DENTAL],
    ['connect contoso to microsoft 365', 'connect office 365', CONTOSO],
    ['connect office 365 at Contoso', 'connect office 365', CONTOSO],
    ['can you help me', 'help', {}],
    ['cancel it please', 'cancel', {}],
    ['customers, please', 'customers', { search: '' }],
    ['what happened at fabrikam?', 'customer', DENTAL],
    ['who can use this?', 'people', { do: 'show' }],
    ['find customers with fab', 'customers', { search: 'fab' }],
  ])('“%s”', async (text, command, args) => {
    expect(await means(text)).toMatchObject({ command, args });
  });
});

describe('a customer’s name', () => {
  it.each([
    ['fabrikam', DENTAL],
    ['dental?', DENTAL],
    ['dent fab', DENTAL],
    ['hello fabrikam', DENTAL],
    ['contoso', CONTOSO],
    ['CONTOSO PH', { customerId: 'Contoso Pharma' }],
    ['muller', { customerId: 'Müller & Söhne GmbH' }],
    ['the phone company', { customerId: 'The Phone Company' }],
    ['the phone', { customerId: 'The Phone Company' }],
  ])('alone opens it: “%s”', async (text, args) => {
    expect(await means(text)).toMatchObject({ command: 'customer', args });
  });

  it('that several customers begin with is asked about, and the command goes on', async () => {
    const { ask, command } = (await means('sync options for con')) ?? {};
    expect(command).toBe('sync options');
    expect(ask?.choices?.map(({ args }) => args)).toEqual([CONTOSO, { customerId: 'Contoso Pharma' }]);
  });

  it('in the middle of a word, or of nobody, starts nothing', async () => {
    expect(await means('ontoso')).toBeUndefined();
    expect((await means('open brikam'))?.args).toBeUndefined();
  });

  it('with a typing mistake is offered, but not for a command that takes something away', async () => {
    expect((await means('open fabrikan'))?.ask?.choices).toEqual([
      { title: 'Fabrikam Dental', args: DENTAL },
    ]);
    expect((await means('remove customer fabrikan'))?.ask?.choices).toEqual([]);
  });
});

describe('what was said is not asked again:', () => {
  it.each([
    ['rename contoso to Contoso Ltd', { ...CONTOSO, name: 'Contoso Ltd' }],
    [
      'rename customer Back to Basics to Basics First',
      { customerId: 'Back to Basics', name: 'Basics First' },
    ],
    ['rename customer Back to Basics', { customerId: 'Back to Basics' }],
    ['rename contoso to "Made to Measure"', { ...CONTOSO, name: 'Made to Measure' }],
    ['rename contoso to Yes Please', { ...CONTOSO, name: 'Yes Please' }],
    ['fabrikam rename to Fabrikam', { ...DENTAL, name: 'Fabrikam' }],
    ['rename fabrikam', DENTAL],
  ])('“%s”', async (text, args) => {
    expect(await means(text)).toEqual({ command: 'rename customer', form: 'rename customer', args });
  });

  it.each([
    ['add customer Wingtip Toys', 'Wingtip Toys'],
    ['create a customer called “The New Shop”', 'The New Shop'],
    ['please add Wingtip as a customer', 'Wingtip'],
  ])('“%s”', async (text, name) => {
    expect(await means(text)).toMatchObject({ command: 'add customer', args: { name } });
  });

  it.each([
    ['import organizations from hudu', 'hudu'],
    ['import organizations hudu', 'hudu'],
    ['import hudu organisations please', 'hudu'],
    ['import from IT Glue', 'glue'],
    ['import organizations Glue EU', 'glue'],
  ])('“%s”', async (text, integrationId) => {
    expect(await means(text)).toMatchObject({ command: 'import organizations', args: { integrationId } });
  });

  it.each([
    ['https://docs.msp.example/companies/7', { do: 'add', kind: 'hudu', host: 'docs.msp.example' }],
    ['add hudu https://docs.msp.example', { do: 'add', kind: 'hudu', host: 'docs.msp.example' }],
    ['integrations add hudu docs.msp.example', { do: 'add', kind: 'hudu', host: 'docs.msp.example' }],
    ['https://msp.eu.itglue.com/123', { do: 'add', kind: 'itglue' }],
    ['add it glue', { do: 'add', kind: 'itglue' }],
    ['integrations remove Old Hudu', { do: 'remove', integrationId: 'old' }],
  ])('“%s”', async (text, args) => {
    expect(await means(text)).toMatchObject({ command: 'integrations', args });
  });

  it.each([
    ['notify', {}],
    ['notify me about contoso', CONTOSO],
    ['notify stop', { stop: true }],
    ['notify stop all', { stop: true }],
    ['notify stop contoso', { ...CONTOSO, stop: true }],
    ['stop alerts for contoso', { ...CONTOSO, stop: true }],
    ['notify stop loss', { customerId: 'Stop Loss' }],
    ['notify stop IT please', { customerId: 'IT', stop: true }],
    ['stop alerts for it', { customerId: 'IT', stop: true }],
  ])('“%s”', async (text, args) => {
    expect((await means(text))?.args).toEqual(args);
  });

  it.each(['stop alerts for this customer', 'notify stop the client', 'mute this company please'])(
    '“%s” does not stop the alerts of all customers: the bot asks which one',
    async (text) => {
      expect(await means(text)).toMatchObject({ command: 'notify', ask: { title: 'Which customer?' } });
    },
  );

  it.each([
    ['people add <at>Megan Bowen</at> technician', 'technician'],
    ['make <at>Megan Admin</at> an approver', 'approver'],
    ['add <at>Megan Bowen</at> as admin please', 'admin'],
    ['people add <at>Admin</at>', 'technician'],
  ])('“%s”', async (text, role) => {
    expect(await means(text)).toMatchObject({
      command: 'people',
      args: { do: 'add', who: MEGAN, role },
    });
  });
});

it.each(['people add <at>Megan</at> owner', 'people add <at>Megan</at> admin technician'])(
  '“%s” names no role, and gives none',
  async (text) => {
    expect((await means(text))?.args).toBeUndefined();
  },
);

it.each([
  'people add megan@msp.example bob@msp.example admin',
  'people remove megan@msp.example bob@msp.example',
])('“%s” names two people, and the bot chooses none of them', async (text) => {
  const nobody = await understanding(NAMES);
  expect((await nobody(text))?.ask?.choices).toBeUndefined();
  expect((await nobody(text))?.args).toBeUndefined();
});

it('an address beside a mention is a second person', async () => {
  expect((await means('people add <at>Megan Bowen</at> bob@msp.example admin'))?.args).toBeUndefined();
});

it('a card asks before a person loses their roles', async () => {
  const { args, ask } = (await means('people remove <at>Megan Bowen</at>')) ?? {};
  expect(args).toBeUndefined();
  expect(ask?.choices).toEqual([
    { title: 'Remove Megan Bowen', args: { do: 'remove', who: MEGAN }, destructive: true },
  ]);
});

it.each([
  ['reset jonas', 'resetPassword'],
  ['please reset the password of jonas at fabrikam', 'resetPassword'],
  ['unlock jonas', 'unlockAccount'],
  ['approve', 'approve'],
  ['delete user jonas', 'manageUser'],
])('“%s” is something that the product cannot do', async (text, what) => {
  expect(await means(text)).toEqual({
    command: 'cannot',
    form: expect.any(String),
    args: { what, about: expect.anything() },
  });
});

it.each([
  ['thanks', 'thanks'],
  ['Thank you!', 'thanks'],
  ['hi', 'home'],
  ['Hello Keyturn', 'home'],
  ['good morning', 'home'],
])('“%s” gets an answer', async (text, command) => {
  expect((await means(text))?.command).toBe(command);
});

describe('German works in the same way:', () => {
  it.each([
    ['onboard Wingtip', 'add customer', { proposed: 'Wingtip' }],
    ['Bitte füge Wingtip hinzu', 'add customer', { proposed: 'Wingtip' }],
    ['Wingtip als Kunden hinzufügen', 'add customer', { name: 'Wingtip' }],
    ['neuen Kunden anlegen', 'add customer', { name: '' }],
    ['zeig mir Fabrikam', 'customer', DENTAL],
    ['Zeige Fabrikam an', 'customer', DENTAL],
    ['benenne contoso in Contoso Ltd um', 'rename customer', { ...CONTOSO, name: 'Contoso Ltd' }],
    ['contoso umbenennen in Contoso Ltd', 'rename customer', { ...CONTOSO, name: 'Contoso Ltd' }],
    ['Kunden', 'customers', { search: '' }],
    ['Agenten von Fabrikam', 'agents', DENTAL],
    ['Verbindung prüfen bei Fabrikam', 'test connection', DENTAL],
    ['importiere Organisationen aus Hudu', 'import organizations', { integrationId: 'hudu' }],
    ['keine Benachrichtigungen für contoso', 'notify', { ...CONTOSO, stop: true }],
    ['Passwort zurücksetzen', 'cannot', { what: 'resetPassword' }],
    ['abbrechen', 'cancel', {}],
    ['Hilfe', 'help', {}],
    ['Danke schön', 'thanks', {}],
  ])('“%s”', async (text, command, args) => {
    expect(await means(text)).toMatchObject({ command, args });
  });
});

it('importing from a vendor that is not connected offers to connect it, and starts nothing', async () => {
  const alone = await understanding([]);
  const { args, ask } = (await alone('import organizations from hudu')) ?? {};
  expect(args).toBeUndefined();
  expect(ask?.others).toEqual([
    { title: 'Add Hudu', command: 'integrations', args: { do: 'add', kind: 'hudu' } },
  ]);
});
