/** Matches printable ASCII and most of Latin-1, as most texts are: these hide nothing. */
const ALL_SHOWS = /^[\x20-\x7e\xa1-\xac\xae-\xff]*$/;

const PICTURE = String.raw`\p{Extended_Pictographic}`;
/** Scripts in which a joiner changes how a word is written. */
const JOINED = `[${[
  'Arabic',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
]
  .map((script) => String.raw`\p{Script=${script}}`)
  .join('')}]`;
/**
 * Joiners inside a picture of several people, what makes a sign a picture, and joiners inside a word of
 * such a script.
 */
const SHOWS = [
  String.raw`(?<=${PICTURE}\ufe0f?[\u{1f3fb}-\u{1f3ff}]?)\u200d(?=${PICTURE})`,
  String.raw`(?<=${PICTURE})\ufe0f`,
  String.raw`(?<=${JOINED})[\u200c\u200d](?=${JOINED})`,
].map((shown) => `(?!${shown})`);
/**
 * Zero-width, tag, filler and direction characters, soft hyphens, variation selectors, interlinear marks, an
 * empty braille cell.
 */
const INVISIBLE = String.raw`[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2800\ufff9-\ufffb\u{e0000}-\u{e0fff}]`;
const HIDDEN = new RegExp(SHOWS.join('') + INVISIBLE, 'gu');
const LINES = /[\p{Cc}\u2028\u2029]+/gu;

/**
 * Returns a text from people, vendors, agents or Teams as readers see it. Drops characters that show nothing,
 * turn their neighbours around or hide a message; line breaks and control characters become a space. Two
 * texts that look the same are equal after it, as far as hidden characters go.
 */
export const visibleText = (text: string): string =>
  ALL_SHOWS.test(text) ? text : text.replace(LINES, ' ').replace(HIDDEN, '');

/** Words of such characters with one space between: most names come in the form in which we keep them. */
const PLAIN = /^[\x21-\x7e\xa1-\xac\xae-\xff]+(?: [\x21-\x7e\xa1-\xac\xae-\xff]+)*$/;

/** Returns a name as we keep it: its visible characters, in one line, without halves of characters. */
export const visibleName = (name: string, most = 256): string =>
  name.length <= most && PLAIN.test(name)
    ? name
    : visibleText(name.slice(0, 4 * most))
        .replace(/\p{Cs}/gu, '')
        .replace(/\s+/gu, ' ')
        .trim()
        .slice(0, most)
        .replace(/\p{Cs}$/u, '');
