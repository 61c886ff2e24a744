/**
 * `npm run cards`: writes build/cards/index.html, which shows every sample of test/fixtures in Microsoft's
 * renderer, as wide as in a chat and as on a phone, light and dark, and a picture of each card file when
 * there is Chromium. `npm run cards -- notice` takes the card files whose names contain that.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
require('../test/helpers/process/tsRequire.cjs');
const { SAMPLES } = require('../test/fixtures/cards.ts');
const { chromiumPart, openChromium } = require('../test/helpers/browser/chromium.ts');

const WIDTHS = [446, 320];
/** Nearly the colours of Teams. */
const THEMES = {
  light: { page: '#f5f5f5', card: '#ffffff', text: '#242424', subtle: '#616161', emphasis: '#f0f0f0' },
  dark: { page: '#1f1f1f', card: '#292929', text: '#ffffff', subtle: '#adadad', emphasis: '#3d3d3d' },
};
const TONES = {
  light: { accent: '#5b5fc7', good: '#0e700e', warning: '#8a3707', attention: '#b10e1c' },
  dark: { accent: '#9299f7', good: '#54b054', warning: '#faa06b', attention: '#f1707b' },
};

function hostConfigOf(theme) {
  const { card, text, subtle, emphasis } = THEMES[theme];
  const colors = Object.entries({ default: text, dark: '#242424', light: '#ffffff', ...TONES[theme] });
  const foregroundColors = Object.fromEntries(
    colors.map(([name, color]) => [name, { default: color, subtle: name === 'default' ? subtle : color }]),
  );
  const style = (backgroundColor) => ({ backgroundColor, foregroundColors });
  const tones = Object.keys(TONES[theme]).map((name) => [name, style(emphasis)]);
  return {
    fontFamily: 'Segoe UI, Selawik, system-ui, sans-serif',
    supportsInteractivity: true,
    containerStyles: {
      default: style(card),
      emphasis: style(emphasis),
      ...Object.fromEntries(tones),
    },
    actions: { maxActions: 6, actionsOrientation: 'horizontal', actionAlignment: 'left', buttonSpacing: 8 },
    separator: { lineThickness: 1, lineColor: emphasis },
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 16 },
  };
}

/**
 * Runs in the page: draws each card into the boxes that wait for it. Each box is a form of its own, so that the
 * radio buttons of one copy are not those of the next.
 */
function draw({ samples, hosts }) {
  for (const box of document.querySelectorAll('[data-theme]')) {
    const { file, variant, theme } = box.dataset;
    const card = new AdaptiveCards.AdaptiveCard();
    card.hostConfig = new AdaptiveCards.HostConfig(hosts[theme]);
    card.parse(samples[file][variant]);
    box.append(card.render());
  }
}

const boxesOf = (file, variant) =>
  WIDTHS.flatMap((width) =>
    Object.keys(THEMES).map(
      (theme) =>
        `<div class="${theme}"><form data-theme="${theme}" data-file="${file}" data-variant="${variant}" style="width:${width}px"></form></div>`,
    ),
  ).join('');

const sectionOf = ([file, variants]) =>
  `<section id="${file}"><h2>${file}</h2>${Object.keys(variants)
    .map((variant) => `<h3>${variant}</h3><div class="row">${boxesOf(file, variant)}</div>`)
    .join('')}</section>`;

function pageOf(samples) {
  const given = { samples, hosts: { light: hostConfigOf('light'), dark: hostConfigOf('dark') } };
  const renderer = readFileSync(require.resolve('adaptivecards/dist/adaptivecards.min.js'), 'utf8');
  const script = (text) => `<script>${text.replaceAll('</script', '<\\/script')}</script>`;
  return `<!doctype html><meta charset="utf-8"><title>Cards</title><style>
body { font: 14px/1.4 system-ui, sans-serif; margin: 16px } section { width: max-content } .ac-actionSet { flex-wrap: wrap; row-gap: 4px } .ac-pushButton { min-width: 0 }
.row { display: flex; align-items: start } .row > div { padding: 16px } .row form { border-radius: 6px; overflow: hidden }
${Object.entries(THEMES)
  .map(([name, { page, text }]) => `.${name} { background: ${page}; color: ${text} }`)
  .join('\n')}
</style>${Object.entries(samples).map(sectionOf).join('')}${script(renderer)}${script(`(${draw})(${JSON.stringify(given).replaceAll('<', '\\u003c')})`)}`;
}

async function photograph(page, files, folder) {
  const { context, close } = await openChromium();
  try {
    const tab = await context.newPage();
    await tab.goto(pathToFileURL(page).href);
    for (const file of files)
      await tab.locator(`section#${file}`).screenshot({ path: join(folder, `${file}.png`) });
  } finally {
    await close();
  }
}

const [wanted = ''] = process.argv.slice(2);
const samples = Object.fromEntries(Object.entries(SAMPLES).filter(([file]) => file.includes(wanted)));
const folder = fileURLToPath(new URL('../build/cards/', import.meta.url));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const page = join(folder, 'index.html');
writeFileSync(page, pageOf(samples));
console.log(`Wrote ${relative(process.cwd(), page)}`);
if (chromiumPart.missing) console.log(`No pictures: needs ${chromiumPart.missing}`);
else {
  await photograph(page, Object.keys(samples), folder);
  console.log(`Wrote ${Object.keys(samples).length} pictures beside it`);
}
