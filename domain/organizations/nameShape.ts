import { isAscii, nameKeyOf } from '../customers/customerName';

/** A company's name taken apart: the part that stays the same in every spelling, and the spelling. */
export interface NameShape {
  /**
   * Letters and digits alone: no legal form, accents, punctuation, spaces; '&' is 'and'. Empty:
   * nothing to compare.
   */
  core: string;
  /** 'ltd' for Limited, and so on; empty without one. */
  legalForm: string;
  /** The legal form as the name spells it, without dots and spaces: 'limited' for Limited. */
  legalWritten: string;
  article: boolean;
  /**
   * Keeps the accents, the name's own word for 'and', its punctuation and its spaces: to say what differs.
   */
  accented: string;
  connector: string;
  spelled: string;
}

/** Each legal form with its other spellings; '_' parts words, as in the 'a s' that is left of 'A/S'. */
const LEGAL_FORMS = `
  ltd=limited llc=l_l_c inc=incorporated corp=corporation co=company plc llp lp pty=proprietary pvt=private pte
  gmbh mbh ag kg kgaa ohg ug ug_haftungsbeschrankt se sa=s_a sas sasu sarl eurl nv=n_v bv=b_v ab as=a_s asa aps ivs
  oy oyj srl srls spa sl slu kft zrt nyrt sp_zoo=sp_z_oo=sp_z_o_o=spzoo lda=ltda sro=s_r_o doo=d_o_o`;

const FORM_OF = new Map(
  LEGAL_FORMS.trim()
    .split(/\s+/)
    .map((line) => line.replaceAll('_', ' ').split('='))
    .flatMap(([form = '', ...others]) => [form, ...others].map((written) => [written, form] as const)),
);
const LAST_WORDS = new Set([...FORM_OF.keys()].map((written) => written.split(' ').at(-1)));
const MOST_WORDS = 4;

const CONNECTORS = new Set(['and', 'und', 'et']);

/**
 * Takes a name apart. One company may still have two shapes, and two companies one shape: a person decides.
 */
export function shapeOf(name: string): NameShape {
  const key = nameKeyOf(name);
  const words = wordsOf(key);
  const article = words.length > 1 && (words[0] === 'the' || words.at(-1) === 'the');
  const bare = !article ? words : words[0] === 'the' ? words.slice(1) : words.slice(0, -1);
  const { rest, legalForm, legalWritten } = withoutLegalForm(bare);
  const accented = rest.filter((word) => !CONNECTORS.has(word) && word !== '&').join('');
  return {
    core: withoutAccents(rest.map((word) => (isConnector(word) ? 'and' : word)).join('')),
    legalForm,
    legalWritten,
    article,
    accented,
    connector: rest.find(isConnector) ?? '',
    spelled: key,
  };
}

/**
 * The typed name without a legal form at its end: 'Contoso' of 'Contoso, Ltd.'. For a search that must
 * find each word.
 */
export function withoutEndingForm(name: string): string {
  const [, rest = '', last = ''] = /^(.*\S)\s+(\S+)$/su.exec(name.trim()) ?? [];
  return FORM_OF.has(wordsOf(nameKeyOf(last)).join(' ')) ? rest.replace(/,$/, '') : name.trim();
}

const isConnector = (word: string): boolean => word === '&' || CONNECTORS.has(word);

/**
 * Dots and apostrophes join ('S.A.' is 'sa', 'Joe’s' is 'joes'), '&' and '+' are words, all else parts
 * words.
 */
const wordsOf = (key: string): string[] =>
  (/^[a-z0-9 ]*$/.test(key) ? key : partedWords(key)).split(' ').filter(Boolean);

const partedWords = (key: string): string =>
  key
    .replace(/['’`´.]/gu, '')
    .replace(/[&+]/gu, ' & ')
    .replace(/[^\p{L}\p{N}\p{M}&]+/gu, ' ')
    .trim();

/** Takes legal forms from the end, as many as there are ('GmbH & Co. KG'), and leaves at least one word. */
function withoutLegalForm(words: string[]) {
  const forms: string[] = [];
  const written: string[] = [];
  let rest = words;
  for (let cut = formAtEnd(rest); cut > 0; cut = formAtEnd(rest)) {
    forms.unshift(FORM_OF.get(withoutAccents(rest.slice(-cut).join(' '))) ?? '');
    written.unshift(rest.slice(-cut).join(''));
    rest = rest.slice(0, -cut);
    while (rest.length > 1 && isConnector(rest.at(-1) ?? '')) rest = rest.slice(0, -1);
  }
  return { rest, legalForm: forms.join(' '), legalWritten: written.join(' ') };
}

/** How many words at the end are a legal form; 0 where none is, or where nothing else would be left. */
function formAtEnd(words: string[]): number {
  if (!LAST_WORDS.has(withoutAccents(words.at(-1) ?? ''))) return 0;
  for (let count = Math.min(MOST_WORDS, words.length - 1); count > 0; count--)
    if (FORM_OF.has(withoutAccents(words.slice(-count).join(' ')))) return count;
  return 0;
}

const LETTERS: Record<string, string> = { ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** Drops the accents of Latin, Greek and Cyrillic letters; the vowel signs of other scripts stay. */
export function withoutAccents(text: string): string {
  if (isAscii(text)) return text;
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/gu, '')
    .normalize('NFC')
    .replace(/[øæœłđðþı]/gu, (letter) => LETTERS[letter] ?? letter);
}
