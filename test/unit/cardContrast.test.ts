import { SAMPLES } from '../fixtures/cards';
import { TEAMS_HOSTS, type TeamsHost } from '../fixtures/hosts/teamsHosts';
import { contrastOf, textsOf } from '../helpers/bot/contrast';

/** WCAG AA for text. */
const ENOUGH = 4.5;
const THEMES = Object.entries(TEAMS_HOSTS);
/** A symbol may have a colour that stands out less, because its words are beside it. */
const WORDS = /[\p{L}\p{N}]/u;

test.each([
  ['#000000', '#ffffff', 21],
  ['#767676', '#ffffff', 4.54],
  ['#80000000', '#ffffff', 3.98],
  ['#f8d22a', '#ffffff', 1.46],
])('the contrast of %s on %s', (text, background, ratio) => {
  expect(contrastOf(text, background)).toBeCloseTo(ratio, 1);
});

test.each(Object.entries(SAMPLES))(
  'the words of %s stand out from their background in every theme',
  (_, variants) => {
    const pale = THEMES.flatMap(([theme, host]) =>
      Object.values(variants).flatMap((card) => textsOf(card, host).map((text) => ({ theme, ...text }))),
    ).filter(({ text, ratio }) => WORDS.test(text) && ratio < ENOUGH);
    expect(pale.map(({ theme, text, ratio }) => `${theme} ${ratio.toFixed(1)}: ${text}`)).toEqual([]);
  },
);

test('finds words that are too pale', () => {
  const words = { type: 'TextBlock', text: 'connected', color: 'good' };
  const [found] = textsOf({ type: 'AdaptiveCard', speak: '', body: [words] }, TEAMS_HOSTS.light);
  expect(found?.ratio).toBeLessThan(ENOUGH);
});

test.each(THEMES)('%s: the titles of buttons stand out', (_, { button, primary, destructive }: TeamsHost) => {
  for (const { text, background } of [button, primary, destructive])
    expect(contrastOf(text, background)).toBeGreaterThanOrEqual(ENOUGH);
});
