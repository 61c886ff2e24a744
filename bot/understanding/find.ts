import { bareName } from './bareName';
import type { Candidates, Form } from './form';
import type { Lexicon } from './lexicon';
import { afterPoliteness, beforePoliteness } from './polite';
import { following, leading, type Reading } from './readings';
import { isAddress } from './takers/address';
import { saidIn, trimmed, type Word, wordsOf } from './words';

/** The form that a text asks for, and the words from which its arguments come. */
export interface Found {
  form: string;
  rest: Word[];
  /** Words before a new name, in the language of the phrase. */
  to: ReadonlySet<string>;
}

export interface Known {
  lexicon: Lexicon;
  forms: Readonly<Record<string, Form>>;
  candidates: Candidates;
}

/**
 * What a text asks for. The first rule that fits:
 * 1. a phrase alone: “help” is the command, also when a customer has that name;
 * 2. a customer’s whole name opens the customer, also when it begins like a command: “Remove Customer
 * GmbH”;
 * 3. a phrase at the beginning, the longest first; one with a customer’s whole name behind it goes before;
 * 4. the beginnings of words of a customer’s name open the customer;
 * 5. a customer’s name and then a phrase: “Contoso agents”.
 */
export async function find(text: string, known: Known): Promise<Found | undefined> {
  const words = wordsOf(text);
  if (isAddress(words)) return { form: 'integrations add', rest: words, to: NONE };
  const core = afterPoliteness(words, known.lexicon);
  const readings = leading(core, known.lexicon);
  return (
    alone(words, core, known) ??
    (await wholeName([words, core], known)) ??
    (await begun(core, readings, known)) ??
    (await begun(core, leading(trimmed(core, known.lexicon.filler), known.lexicon), known)) ??
    (await openedBy(words, known)) ??
    (await openedBy(core, known)) ??
    namedFirst(core, known)
  );
}

/** The same where a text may be an answer: only a phrase that begins it, or is all of it. */
export async function findCommand(text: string, known: Known): Promise<Found | undefined> {
  const words = wordsOf(text);
  const core = afterPoliteness(words, known.lexicon);
  return alone(words, core, known) ?? longest(leading(core, known.lexicon), known);
}

/** A command that takes no words, although words follow: “help fabrikam”. */
export function findLoosely(text: string, { lexicon, forms }: Known): Found | undefined {
  const readings = leading(afterPoliteness(wordsOf(text), lexicon), lexicon);
  const loose = readings.find(({ phrase }) => !forms[phrase.form]?.talk);
  return loose && foundIn({ ...loose, rest: [] });
}

/** A phrase and nothing else; filler may stand beside and within one that takes no words. */
function alone(words: readonly Word[], core: readonly Word[], known: Known): Found | undefined {
  const { lexicon, forms } = known;
  const isAlone = (said: readonly Word[], { phrase, rest }: Reading) =>
    forms[phrase.form]?.takes
      ? phrase.head.length + phrase.tail.length === said.length
      : trimmed(beforePoliteness(rest, lexicon), lexicon.filler).length === 0;
  const readings = [words, core].flatMap((said) =>
    leading(said, lexicon).filter((each) => isAlone(said, each)),
  );
  return readings[0] && foundIn({ ...readings[0], rest: [] });
}

async function wholeName(texts: Word[][], { candidates }: Known): Promise<Found | undefined> {
  for (const words of texts) if (await candidates.customerNamed(saidIn(words))) return opens(words);
  return undefined;
}

/** “customer Contoso agents” begins with a phrase, and no customer is called “Contoso agents”. */
async function begun(
  core: readonly Word[],
  readings: readonly Reading[],
  known: Known,
): Promise<Found | undefined> {
  const found = await longest(readings, known);
  if (!found || !known.forms[found.form]?.takes?.customer) return found;
  return (await namesCustomer(found.rest, known)) ? found : ((await namedFirst(core, known)) ?? found);
}

/**
 * Of several phrases that begin the text: the longest with a customer’s whole name behind it, or the
 * longest.
 */
async function longest(
  readings: readonly Reading[],
  { forms, candidates }: Known,
): Promise<Found | undefined> {
  const taking = readings.filter(({ phrase }) => forms[phrase.form]?.takes);
  if (taking.length > 1)
    for (const reading of taking)
      if (
        forms[reading.phrase.form]?.takes?.customer &&
        (await candidates.customerNamed(saidIn(reading.rest)))
      )
        return foundIn(reading);
  return taking[0] && foundIn(taking[0]);
}

async function openedBy(words: Word[], known: Known): Promise<Found | undefined> {
  return (await namesCustomer(words, known)) ? opens(words) : undefined;
}

async function namedFirst(words: readonly Word[], known: Known): Promise<Found | undefined> {
  for (const reading of following(beforePoliteness(words, known.lexicon), known.lexicon))
    if (await fits(reading, known)) return foundIn(reading);
  return undefined;
}

/** “Contoso agents” needs a customer of that name; “Contoso hinzufügen” takes any name. */
async function fits({ phrase, rest }: Reading, known: Known): Promise<boolean> {
  const takes = known.forms[phrase.form]?.takes;
  if (!takes?.customer) return takes !== undefined && phrase.head.length === 0;
  const divided = takes.divided ? rest.findIndex(({ plain }) => phrase.to.has(plain)) : -1;
  return namesCustomer(divided < 0 ? rest : rest.slice(0, divided), known);
}

async function namesCustomer(words: readonly Word[], { candidates, lexicon }: Known): Promise<boolean> {
  for (const said of new Set([saidIn(words), bareName(words, lexicon)]))
    if (
      (await candidates.customerNamed(said)) ||
      (await candidates.customersBeginning(said)).found.length > 0
    )
      return true;
  return false;
}

const NONE: ReadonlySet<string> = new Set();

const foundIn = ({ phrase: { form, to }, rest }: Reading): Found => ({ form, rest, to });

/** A customer’s name alone opens the customer. */
const opens = (rest: Word[]): Found => ({ form: 'customer', rest, to: NONE });
