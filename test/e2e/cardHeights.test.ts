import type { Page } from 'playwright-core';
import { SAMPLES } from '../fixtures/cards';
import { chromiumPart, openChromium } from '../helpers/browser/chromium';
import { heightsOf, pageOf } from '../helpers/browser/drawCards';
import { describeWith } from '../helpers/process/parts';

/** A card of state is one screen of a chat; on a phone it may be two fifths higher. */
const SCREEN = 600;
const ON_A_PHONE = 1.4;
/** Texts as long as they may be, and as many rows as there may be. */
const EXTREME = /hostile|long|worst|flood|crowd/i;

/** Cards that need more, and why. */
const TALLER: Record<string, number> = {
  // A form with a reason to type, below why it is needed.
  'syncStep against': 660,
  // A form that was refused keeps everything that was typed.
  'notify refused': 710,
  // The step that is open holds the card of its question.
  'setUp confirming': 660,
  'setUp failed': 670,
  'setUp choosingSync': 740,
};

/** Cards that people read with a caller on the phone. */
const SHORTER: Record<string, number> = {
  'notice reset': 400,
  'notice live': 300,
  'notice ten': 400,
  'notice alarm': 420,
};

const boundOf = (file: string, variant: string): number =>
  SHORTER[`${file} ${variant}`] ?? TALLER[`${file} ${variant}`] ?? TALLER[file] ?? SCREEN;

describeWith(chromiumPart, 'the height of cards', () => {
  let browser: Awaited<ReturnType<typeof openChromium>>;
  let tab: Page;
  let heights: Awaited<ReturnType<typeof heightsOf>>;
  beforeAll(async () => {
    browser = await openChromium();
    tab = await browser.context.newPage();
    await tab.setContent(pageOf(SAMPLES, ['light']));
    heights = await heightsOf(tab);
  });
  afterAll(() => browser.close());

  test.each(Object.keys(SAMPLES))('%s fits one screen', (file) => {
    const drawn = Object.entries(heights[file] ?? {});
    expect(drawn.map(([variant]) => variant)).toEqual(Object.keys(SAMPLES[file] ?? {}));
    for (const [variant, [wide, narrow]] of drawn) {
      if (EXTREME.test(variant)) continue;
      const most = boundOf(file, variant);
      expect({ variant, wide, fits: wide > 0 && wide <= most }).toEqual({ variant, wide, fits: true });
      expect({ variant, narrow, fits: narrow <= most * ON_A_PHONE }).toEqual({ variant, narrow, fits: true });
    }
  });

  test('nothing runs out of a card, however long its words are', async () => {
    const wide = await tab.evaluate<string[]>(`[...document.querySelectorAll('form')]
      .filter((form) => form.scrollWidth > form.clientWidth)
      .map(({ dataset: { file, variant, width } }) => [file, variant, width].join(' '))`);
    expect(wide).toEqual([]);
  });
});
