/** What a person writes is far shorter; the rest is not read. */
const MOST_READ = 100_000;
/** The content of these elements is not written by the sender. */
const NOT_SAID = new Set(['script', 'style', 'head', 'title', 'quoted', 'attachment']);
const APART = new Set([
  'p',
  'div',
  'br',
  'li',
  'tr',
  'td',
  'th',
  'ul',
  'ol',
  'table',
  'h1',
  'h2',
  'h3',
  'pre',
]);

/**
 * The words of an HTML message as a person would type them: without quotes, a line for each block, and a
 * mention as `<at>name</at>`, as in a plain text. Reads once through the text, and only the beginning of a
 * very long one.
 */
export function htmlText(html: string): string {
  // Loaded for the first message that needs it: most messages have plain text.
  const { Parser } = require('htmlparser2') as typeof import('htmlparser2');
  const said: string[] = [];
  /** One entry for each open element: the text that its end adds. */
  const open: { silent: boolean; end: string }[] = [];
  let silent = 0;
  const parser = new Parser({
    onopentag(name, { itemtype = '', alt = '' }) {
      const mention = name === 'at' || itemtype.endsWith('/Mention');
      const quoted = name === 'blockquote' && itemtype.endsWith('/Reply');
      const hidden = quoted || NOT_SAID.has(name);
      if (hidden) silent += 1;
      if (silent === 0)
        said.push(mention ? '<at>' : itemtype.endsWith('/Emoji') ? alt : APART.has(name) ? '\n' : '');
      open.push({ silent: hidden, end: mention ? '</at>' : APART.has(name) ? '\n' : '' });
    },
    ontext(text) {
      if (silent === 0) said.push(text);
    },
    onclosetag() {
      const last = open.pop();
      if (last?.silent) silent -= 1;
      else if (last && silent === 0) said.push(last.end);
    },
  });
  parser.write(html.slice(0, MOST_READ));
  parser.end();
  const lines = said.join('').replaceAll('\u00a0', ' ').split('\n');
  return lines
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n');
}
