import { nodesOf, standingInputs, textOf } from '../../helpers/botWorld/cardReader';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();

test.each<[Record<string, string>, string]>([
  [{ timeZone: 'Mars/Olympus' }, 'time zone'],
  [{ timeZone: '' }, 'time zone'],
  [{ when: 'quiet', quietTo: '' }, 'both times'],
  [{ when: 'quiet', quietFrom: '22:00', quietTo: '22:00' }, 'same time'],
  [{ when: 'quiet', quietFrom: '25:00', quietTo: '07:00' }, '22:00'],
  [{ when: 'daily', digestAt: '' }, 'daily message'],
  [{ when: '', quietFrom: '22:00', quietTo: '07:00', digestAt: '08:00' }, 'quiet hours or one message'],
  [{ kinds: '' }, 'at least one'],
  [{ kinds: 'everything' }, 'at least one'],
  [{ customers: 'chosen' }, 'No customer is chosen yet'],
])('%j is refused with what to do, and changes nothing', async (inputs, sentence) => {
  const tess = world.seat(world.site.tess);
  await tess.says('notify');
  const before = (await world.bot.stores.subscriptions.list({ limit: 10 })).items;
  const seen = await tess.clicks(tess.card, 'Save', inputs);
  expect(textOf(seen.card)).toContain(sentence);
  expect((await world.bot.stores.subscriptions.list({ limit: 10 })).items).toEqual(before);
  const filled = Object.entries(inputs).filter(([, value]) => value);
  expect(standingInputs(seen.card)).toMatchObject(Object.fromEntries(filled));
  expect(nodesOf(seen.card).find(({ id }) => id === 'form')).toMatchObject({ isVisible: true });
});

test('the time zone is that of the person’s machine, also where the list does not have it', async () => {
  const tess = world.seat(world.site.tess);
  await tess.does({ type: 'message', text: 'notify', localTimezone: 'Asia/Kathmandu' });
  expect(standingInputs(tess.card.card).timeZone).toBe('Asia/Kathmandu');
  expect(JSON.stringify(tess.card.card)).toContain('"title":"Asia/Kathmandu"');
});

test('a card of an earlier version has times alone, and a save keeps either quiet hours or the digest', async () => {
  const tess = world.seat(world.site.tess);
  await tess.says('notify');
  const saves = async (inputs: Record<string, string>) => {
    await tess.clicks(tess.card, 'Save', { when: '', quietFrom: '', quietTo: '', digestAt: '', ...inputs });
    return (await world.bot.stores.subscriptions.get('a:Tess'))?.value;
  };
  expect(await saves({ quietFrom: '22:00', quietTo: '07:00' })).toMatchObject({
    quiet: { from: '22:00', to: '07:00' },
  });
  expect(tess.reads).toContain('At once, but not from 22:00 to 07:00 (UTC)');
  const daily = await saves({ digestAt: '08:00' });
  expect(daily).toMatchObject({ digestAt: '08:00' });
  expect(daily).not.toHaveProperty('quiet');
  expect(tess.reads).toContain('One message a day at 08:00 (UTC)');
});
