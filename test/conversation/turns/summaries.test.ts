import { CardFactory } from 'botbuilder';
import { cardMessage, repliesOf, updateOf } from '../../../bot/turns/reply';
import { SAMPLES } from '../../fixtures/cards';
import { refuseWithoutSummary, Teams } from '../../helpers/botWorld/teams';

const EVERY = Object.entries(SAMPLES).flatMap(([file, variants]) =>
  Object.entries(variants).map(([variant, card]) => [`${file} ${variant}`, card] as const),
);

test('Teams, as the tests play it, takes no card without words for the alert', async () => {
  const teams = new Teams();
  const attachments = [CardFactory.adaptiveCard({})];
  for (const summary of [undefined, '', ' ', '⚠ 12'])
    await expect(teams.send({ attachments, ...(summary && { summary }) })).rejects.toThrow(
      'without a summary',
    );
  expect(teams.messages).toEqual([]);
  const id = await teams.send({ attachments, summary: 'Unexplained reset' });
  await expect(teams.update({ id, attachments })).rejects.toThrow('without a summary');
});

test.each(EVERY)('the alert of %s says its news: new, in reply and brought up to date', (_, card) => {
  const [reply] = repliesOf({ card }, { id: 'tess', name: 'Tess' }, 'a:Tess');
  const update = updateOf('m0', card);
  for (const each of [reply, update]) {
    const activity = each && 'activity' in each ? each.activity : undefined;
    expect(activity?.summary).toBe(card.speak);
  }
  expect(() => refuseWithoutSummary(cardMessage(card))).not.toThrow();
});
