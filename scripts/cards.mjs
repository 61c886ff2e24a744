/**
 * `npm run cards`: draws every sample of test/fixtures in Microsoft's renderer, as wide as in a chat and as on a
 * phone, light, dark and in high contrast, with the words of its alert: build/cards/index.html, and where there is
 * Chromium, the pictures and heights of each card file. `npm run cards -- notice` takes the card files whose names contain that.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
require('../test/helpers/process/tsRequire.cjs');
const { SAMPLES } = require('../test/fixtures/cards.ts');
const { chromiumPart, openChromium } = require('../test/helpers/browser/chromium.ts');
const { heightsOf, pageOf } = require('../test/helpers/browser/drawCards.ts');

/** File names of the pages, and the themes that each shows side by side. */
const PAGES = { index: ['light', 'dark'], contrast: ['contrast'] };

async function photograph(folder, samples) {
  const { context, close } = await openChromium();
  try {
    const tab = await context.newPage();
    for (const name of Object.keys(PAGES)) {
      await tab.goto(pathToFileURL(join(folder, `${name}.html`)).href);
      const ending = name === 'index' ? '' : `.${name}`;
      for (const file of Object.keys(samples))
        await tab.locator(`section#${file}`).screenshot({ path: join(folder, `${file}${ending}.png`) });
      if (name === 'index') tell(await heightsOf(tab));
    }
  } finally {
    await close();
  }
}

function tell(heights) {
  for (const [file, variants] of Object.entries(heights))
    for (const [variant, [wide, narrow]] of Object.entries(variants))
      console.log(`${`${file} ${variant}`.padEnd(40)} ${wide} px at 446, ${narrow} px at 320`);
}

const [wanted = ''] = process.argv.slice(2);
const samples = Object.fromEntries(Object.entries(SAMPLES).filter(([file]) => file.includes(wanted)));
const folder = fileURLToPath(new URL('../build/cards/', import.meta.url));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, themes] of Object.entries(PAGES))
  writeFileSync(join(folder, `${name}.html`), pageOf(samples, themes));
console.log(`Wrote ${relative(process.cwd(), folder)}/index.html`);
if (chromiumPart.missing) console.log(`No pictures: needs ${chromiumPart.missing}`);
else {
  await photograph(folder, samples);
  console.log(`Wrote ${Object.keys(samples).length} pictures beside it`);
}
