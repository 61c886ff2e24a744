import type { Card } from '../../../cards/shared/card';
import type { TeamsHost } from '../../fixtures/hosts/teamsHosts';

/** A text of a card, and how well it stands out from what is behind it. */
interface ShownText {
  text: string;
  /** WCAG's contrast ratio, 1 to 21. */
  ratio: number;
}

type Style = TeamsHost['config']['containerStyles']['default'];
type Node = Record<string, unknown>;
type Rgb = readonly [number, number, number];

const TITLES = ['label', 'title', 'placeholder'];

/** Every text of a card as one theme colours it, on the background of its container. */
export function textsOf(card: Card, { config }: TeamsHost): ShownText[] {
  const styles = config.containerStyles as Record<string, Style>;
  const styleOf = (node: Node, around: Style): Style =>
    node.type === 'Action.ShowCard'
      ? (styles.emphasis ?? around)
      : /^(Container|Column|ColumnSet|TableCell)$/.test(String(node.type))
        ? (styles[String(node.style)] ?? around)
        : around;
  function walk(node: unknown, around: Style): ShownText[] {
    if (Array.isArray(node)) return node.flatMap((each) => walk(each, around));
    if (typeof node !== 'object' || node === null) return [];
    const style = styleOf(node as Node, around);
    const own = wordsOf(node as Node).map((text) => ({ text, ratio: ratioOf(node as Node, style) }));
    return [...own, ...Object.values(node).flatMap((each) => walk(each, style))];
  }
  return walk(card.body, config.containerStyles.default);
}

/** The contrast of a text colour on a background; both as `#rrggbb` or `#aarrggbb`. */
export function contrastOf(text: string, background: string): number {
  const under = over(background, [255, 255, 255]);
  const [lighter = 1, darker = 1] = [luminance(over(text, under)), luminance(under)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function wordsOf(node: Node): string[] {
  if (node.type === 'TextBlock' || node.type === 'TextRun') return [String(node.text)];
  if (!String(node.type).startsWith('Input.')) return [];
  return TITLES.flatMap((key) => (typeof node[key] === 'string' ? [node[key]] : []));
}

function ratioOf(
  { color = 'default', isSubtle }: Node,
  { backgroundColor, foregroundColors }: Style,
): number {
  const ink = foregroundColors[color as keyof Style['foregroundColors']];
  return contrastOf(isSubtle ? ink.subtle : ink.default, backgroundColor);
}

function over(color: string, under: Rgb): Rgb {
  const hex = color.slice(1).padStart(8, 'f');
  const [alpha = 255, ...rgb] = [0, 2, 4, 6].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return rgb.map((value, index) => value * (alpha / 255) + (under[index] ?? 0) * (1 - alpha / 255)) as never;
}

function luminance(rgb: Rgb): number {
  const [red = 0, green = 0, blue = 0] = rgb
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
