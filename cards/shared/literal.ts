import { visibleText } from '../../domain/names/visibleText';
import { isFixed } from './template';
import { Line, type Moment, type Text } from './time';

const LONGEST = 600;
const SHOWN = ['text', 'title', 'label', 'placeholder', 'errorMessage', 'altText', 'tooltip'];

/**
 * Shows every text of an expanded card literally, no matter who wrote it: in a TextBlock, where markdown is
 * read, with its marks escaped. The data of buttons is left unchanged. What the template left out is gone.
 */
export function literal(node: unknown): unknown {
  if (node instanceof Line) return shownText(node);
  if (typeof node !== 'object' || node === null || isFixed(node)) return node;
  if (Array.isArray(node)) return node.map(literal);
  const markdown = 'type' in node && node.type === 'TextBlock' ? 'text' : undefined;
  const shown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node))
    if (value !== null)
      shown[key] = key === markdown && isText(value) ? inMarkdown(value) : literalField(key, value);
  return shown;
}

function literalField(key: string, value: unknown): unknown {
  if (key === 'data') return value;
  return typeof value === 'string' && SHOWN.includes(key) ? shownText(value) : literal(value);
}

const isText = (value: unknown): value is Text => typeof value === 'string' || value instanceof Line;

/** A text where no markdown is read; its moments read with UTC. `${` and `{{` are broken. */
export const shownText = (text: Text): string => oneLine(String(text)).replace(/([${])(?=\{)/g, '$1\u2060');

/**
 * A text for a TextBlock. Only its moments become functions of the client, because all braces are escaped.
 */
function inMarkdown(text: Text): string {
  if (typeof text === 'string') return plain(text);
  const runs: (string | Moment)[] = [];
  for (const part of text.parts)
    if (typeof part === 'string' && typeof runs.at(-1) === 'string') runs.push(`${runs.pop()}${part}`);
    else runs.push(part);
  return runs.map((run) => (typeof run === 'string' ? plain(run) : run.toMarkdown())).join('');
}

/** Text from people or vendors where markdown is read. It shows literally there. */
export const plain = (text: string): string =>
  oneLine(text)
    .replace(/[\\`*_~#|[\]<>&{}]/g, '\\$&')
    .replaceAll('://', '\\://')
    .replace(/^(\s*)([-+=])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2');

/**
 * Text on one line and of limited length, without line breaks, control, bidirectional or invisible
 * characters and halves of characters.
 */
function oneLine(text: string): string {
  const shown = HARMLESS.test(text) ? text : visibleText(text).replace(/\p{Cs}/gu, '\ufffd');
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST - 1).replace(/\p{Cs}$/u, '')}…` : shown;
}

/** Most texts match this, and need no further check. */
const HARMLESS = /^[\x20-\x7e\xa0-\xac\xae-\xff\u2010-\u2027]*$/;
