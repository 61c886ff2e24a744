import fc from 'fast-check';
import { cardActions } from '../../../bot/cardActions';
import { commands } from '../../../bot/commands';
import type { Form } from '../../../bot/understanding/form';
import { phrasesIn } from '../../../bot/understanding/language';
import { languages } from '../../../bot/understanding/languages';
import { textOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import { sampleCustomer } from '../../helpers/botWorld/sampleCustomer';
import type { Who } from '../../helpers/botWorld/seat';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const forms: Record<string, Form> = Object.assign({}, ...commands.map((command) => command.forms));
const RUNS = { numRuns: 60 };
const ANY = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  HOSTILE(),
);

/** What attackers try: markup, templates, queries, and marks that turn or hide text. */
function HOSTILE() {
  return fc.constantFrom(
    '${customer}',
    '{{DATE(2020-01-01)}}',
    '<at>Ada</at>',
    '<script>alert(1)</script>',
    '[x](javascript:alert(1))',
    "'; DROP TABLE customers; --",
    '{"$ne":null}',
    '__proto__',
    'constructor',
    '%00',
    '\u202emoc.live',
    '👩‍👩‍👧‍👧',
    'ﷺ',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    'null',
    '-1',
    '1e309',
  );
}

const noFault = (text: string) => expect(text).not.toMatch(/Something went wrong|undefined|\[object/);

it('the bot answers any text, and changes nothing unless a step asked for it, except that it adds a customer', async () => {
  const tess = world.seat(world.site.tess);
  const titles = commands.map(({ title }) => title).filter((title) => title !== 'add customer');
  const words = fc.oneof(
    ANY,
    fc.tuple(fc.constantFrom(...titles), ANY).map((pair) => pair.join(' ')),
  );
  const before = await world.changes();
  await fc.assert(
    fc.asyncProperty(words, async (text) => {
      const seen = await tess.says(text);
      expect(seen.messages.length).toBeGreaterThan(0);
      noFault(seen.text);
      await tess.says('cancel');
    }),
    RUNS,
  );
  expect(await world.changes()).toEqual(before);
});

it('no text takes anything away from a customer, a person or an integration: a card asks first', async () => {
  const ada = world.seat(world.site.ada);
  const { customers, people, integrations } = world.bot.stores;
  const names = ['Contoso', 'Remove Customer GmbH', 'Delete', 'Stop Contoso', 'Hudu'];
  for (const name of names) {
    const customer = sampleCustomer(name);
    await customers.insert(customer.id, customer);
  }
  const phrases = Object.values(languages).flatMap(({ phrases: all }) =>
    Object.keys(forms)
      .filter((form) => forms[form]?.destructive)
      .flatMap((form) => phrasesIn(all[form] ?? '')),
  );
  const words = fc.constantFrom('please', 'the', 'of', 'all', 'customer', world.site.tess.id ?? '');
  const texts = fc
    .tuple(
      fc.constantFrom(...phrases),
      fc.array(fc.oneof(fc.constantFrom(...names), words, ANY), { maxLength: 3 }),
    )
    .map(([phrase, said]) =>
      phrase.includes('…') ? phrase.replace('…', said.join(' ')) : [phrase, ...said].join(' '),
    );
  const standing = async () => [
    (await customers.list({ limit: 1000 })).items.map(({ value: { status, office365 } }) => [
      status,
      office365,
    ]),
    (await people.list({ limit: 1000 })).items,
    await integrations.count(),
  ];
  await ada.says('hi');
  const before = await standing();
  await fc.assert(
    fc.asyncProperty(texts, fc.constantFrom<Who[]>([], [world.site.tess]), async (text, mentions) => {
      noFault((await ada.says(text.replaceAll('@', `<at>${world.site.tess.name}</at>`), { mentions })).text);
      await ada.says('cancel');
    }),
    { numRuns: 150 },
  );
  expect(await standing()).toEqual(before);
});

it('a made-up card gets an answer with 200, changes nothing and shows no other person’s data', async () => {
  await addsCustomer(world.seat(world.site.ada), 'Northwind Traders');
  const { tess, ned } = world.site;
  const verbs = fc.oneof(fc.constantFrom(...cardActions.map(({ verb }) => verb)), fc.string());
  const keys = fc.constantFrom(
    'customerId',
    'personId',
    'objectId',
    'person',
    'address',
    'role',
    'run',
    'step',
    'do',
    'command',
    'args',
    'text',
    'page',
    'search',
    'sort',
    'name',
    '__proto__',
  );
  const values = fc.oneof(fc.jsonValue(), ANY);
  const data = fc.oneof(fc.dictionary(keys, values), fc.jsonValue());
  const actions = fc.oneof(
    fc.record({ verb: verbs, data }),
    fc.record({ verb: verbs, data }, { requiredKeys: [] }),
    fc.jsonValue(),
  );
  const before = await world.changes();
  await fc.assert(
    fc.asyncProperty(actions, fc.constantFrom(tess, ned), async (action, who) => {
      const seat = world.seat(who);
      const seen = await seat.executes(action);
      expect(seen.answer?.status).toBe(200);
      noFault(seen.text);
      if (who === ned) expect(seen.text).not.toContain('Northwind');
      await seat.says('cancel');
    }),
    RUNS,
  );
  expect(await world.changes()).toEqual(before);
});

it('any answer to an open step can make only that step’s own change', async () => {
  const tess = world.seat(world.site.tess);
  const id = await addsCustomer(tess, 'Northwind Traders', 'activeDirectory');
  const before = (await world.bot.stores.customers.get(id))?.value;
  for (const command of ['rename customer', 'sync options', 'connect office 365']) {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.constantFrom('choice', 'reason', 'code', 'do', 'extra'),
          fc.oneof(fc.jsonValue(), ANY),
        ),
        async (answer) => {
          await tess.executes({ verb: 'command', data: { command, customerId: id } });
          const [, run = '', step = ''] =
            JSON.stringify(tess.card.card).match(/"run":"([^"]+)","step":"([^"]+)"/) ?? [];
          expect(run).not.toBe('');
          const seen = await tess.executes({ verb: 'dialog', data: { do: 'submit', ...answer, run, step } });
          noFault(seen.text);
          await tess.says('cancel');
        },
      ),
      { numRuns: 12 },
    );
  }
  expect((await world.bot.stores.customers.get(id))?.value).toEqual(before);
});

it('any customer name appears unchanged on every card, or is refused with a sentence', async () => {
  const tess = world.seat(world.site.tess);
  await fc.assert(
    fc.asyncProperty(ANY, async (name) => {
      await tess.says('cancel');
      await tess.says('add customer');
      const before = (await world.bot.stores.customers.list({ limit: 1000 })).items.length;
      const added = await tess.clicks(tess.card, 'Save', { name });
      noFault(added.text);
      if (!tess.reads.includes('was added')) {
        expect((await world.bot.stores.customers.list({ limit: 1000 })).items).toHaveLength(before);
        return;
      }
      const shown = await tess.clicks(tess.card, 'Open customer');
      expect(JSON.stringify(shown.card?.body)).not.toContain('{{DATE(2020');
      expect(shown.card?.speak).not.toContain('{{');
      expect(textOf(shown.card)).toContain('added the customer');
    }),
    RUNS,
  );
});

it('an envelope with anything in it breaks nothing', async () => {
  const tess = world.seat(world.site.tess);
  const before = await world.changes();
  const odd = fc.dictionary(
    fc.constantFrom(
      'text',
      'value',
      'entities',
      'attachments',
      'name',
      'replyToId',
      'from',
      'conversation',
      'channelData',
    ),
    fc.jsonValue(),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('message', 'invoke', 'installationUpdate', 'conversationUpdate', 'event'),
      odd,
      async (type, more) => {
        const seen = await tess.does({ type, ...more } as never);
        if (type === 'invoke') expect(seen.answer?.status).toBe(200);
      },
    ),
    RUNS,
  );
  expect(await world.changes()).toEqual(before);
});
