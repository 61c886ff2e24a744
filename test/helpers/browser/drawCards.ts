import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { Card } from '../../../cards/shared/card';
import { TEAMS_HOSTS, type TeamsHost } from '../../fixtures/hosts/teamsHosts';

export type Samples = Record<string, Record<string, Card>>;
type Theme = keyof typeof TEAMS_HOSTS;

/** As wide as in a chat, and as on a phone. */
const WIDTHS = [446, 320] as const;

/** A page that shows every sample in Microsoft's renderer, in these themes and at both widths. */
export function pageOf(samples: Samples, themes: readonly Theme[]): string {
  const configs = Object.fromEntries(themes.map((theme) => [theme, TEAMS_HOSTS[theme].config]));
  const given = JSON.stringify({ samples, configs }).replaceAll('<', '\\u003c');
  const renderer = readFileSync(require.resolve('adaptivecards/dist/adaptivecards.min.js'), 'utf8');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Cards</title>
<style>${LOOK}${themes.map((theme) => lookOf(theme, TEAMS_HOSTS[theme])).join('')}</style>
${Object.entries(samples)
  .map((sample) => sectionOf(sample, themes))
  .join('\n')}
${script(renderer)}${script(`(${drawAll})(${given})`)}</html>`;
}

/** The height of each sample in a page of these, by file and variant: [at 446, at 320]. */
export async function heightsOf(tab: Page): Promise<Record<string, Record<string, [number, number]>>> {
  const boxes = await tab.evaluate<Box[]>(
    `[...document.querySelectorAll('form[data-theme=light]')].map((form) => ({ ...form.dataset, height: form.offsetHeight }))`,
  );
  const heights: Record<string, Record<string, [number, number]>> = {};
  for (const { file, variant, width, height } of boxes) {
    const variants = heights[file] ?? {};
    heights[file] = variants;
    const [wide, narrow] = variants[variant] ?? [0, 0];
    variants[variant] = Number(width) === WIDTHS[0] ? [height, narrow] : [wide, height];
  }
  return heights;
}

interface Box {
  file: string;
  variant: string;
  width: string;
  height: number;
}

const LOOK = `
body { font: 14px/1.4 'Segoe UI', Selawik, system-ui, sans-serif; margin: 16px } section { width: max-content }
.row { display: flex; align-items: start } .row > div { padding: 16px } form { border-radius: 6px; overflow: hidden }
.ac-actionSet { flex-wrap: wrap; row-gap: 8px } .ac-horizontal-separator { flex: none }
.ac-pushButton { min-width: 0; height: 32px; padding: 0 12px; font: 600 14px 'Segoe UI', Selawik, system-ui, sans-serif; border-radius: 4px }
.ac-input { font: inherit; min-height: 32px; box-sizing: border-box; border: 1px solid #8a8886; border-radius: 4px; padding: 4px 8px }
.ac-choiceSetInput-multiSelect, .ac-choiceSetInput-expanded, .ac-input-container [type=radio] { min-height: 0 }
`;

const lookOf = (theme: string, { page, button, primary, destructive }: TeamsHost): string => `
.${theme} { background: ${page} }
.${theme} .ac-pushButton { background: ${button.background}; color: ${button.text}; border: 1px solid ${button.border} }
.${theme} .ac-pushButton.style-positive { background: ${primary.background}; color: ${primary.text}; border-color: ${primary.background} }
.${theme} .ac-pushButton.style-destructive { background: ${destructive.background}; color: ${destructive.text}; border-color: ${destructive.text} }
.${theme} .ac-input { background: ${button.background}; color: ${button.text} }
`;

const script = (text: string) => `<script>${text.replaceAll('</script', '<\\/script')}</script>`;

const sectionOf = ([file, variants]: [string, Record<string, Card>], themes: readonly Theme[]): string =>
  `<section id="${file}"><h2>${file}</h2>${Object.entries(variants)
    .map(
      ([variant, { speak }]) =>
        `<h3>${variant}</h3><p>Alert: ${escaped(speak)}</p><div class="row">${boxesOf(file, variant, themes)}</div>`,
    )
    .join('')}</section>`;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const boxesOf = (file: string, variant: string, themes: readonly Theme[]): string =>
  WIDTHS.flatMap((width) =>
    themes.map(
      (theme) =>
        `<div class="${theme}"><form data-theme="${theme}" data-file="${file}" data-variant="${variant}" data-width="${width}" style="width:${width}px"></form></div>`,
    ),
  ).join('');

/**
 * Runs in the page: draws each card into the boxes that wait for it. Each box is a form of its own, so that the
 * radio buttons of one copy are not those of the next. Our cards have no markdown but escaped signs.
 */
const drawAll = `({ samples, configs }) => {
  const escaped = (text) => new Option(text.replace(/\\\\([!-\\/:-@[-\`{-~])/g, '$1')).innerHTML;
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = escaped(text);
    result.didProcess = true;
  };
  for (const box of document.querySelectorAll('[data-theme]')) {
    const { file, variant, theme } = box.dataset;
    const card = new AdaptiveCards.AdaptiveCard();
    card.hostConfig = new AdaptiveCards.HostConfig(configs[theme]);
    card.parse(samples[file][variant]);
    box.append(card.render());
  }
}`;
