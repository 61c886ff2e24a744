import { distance } from 'fastest-levenshtein';
import { bareName } from '../bareName';
import type { Beside, Candidates, Question, Taken, Taker } from '../form';
import { beforePoliteness } from '../polite';
import { saidIn, trimmed, type Word } from '../words';

/** As many customers as a question offers; the list of customers has the others. */
const MOST = 5;
/** Guesses after a typing mistake. */
const MOST_NEAR = 3;

/** The customer that the words name: by its whole name, or by beginnings of words of it. */
export const customer: Taker = { customer: true, take: (words, beside) => customerIn(words, beside) };

/**
 * The same; with nothing but filler, the command is about no customer. “this customer” is one whose name is
 * missing, and “IT please” may be one.
 */
export const customerIfAny: Taker = {
  customer: true,
  async take(words, beside) {
    const said = beforePoliteness(words, beside.lexicon);
    const whole = await beside.candidates.customerNamed(saidIn(said));
    if (whole) return customerIn(said, beside);
    const nothing = trimmed(said, beside.lexicon.filler).length === 0;
    return nothing ? { args: {} } : customerIn(words, beside);
  },
};

export async function customerIn(words: readonly Word[], beside: Beside): Promise<Taken> {
  const { candidates } = beside;
  const whole = await candidates.customerNamed(saidIn(words));
  if (whole) return { args: { customerId: whole.id } };
  if (namesNobody(words, beside)) return { ask: await whichCustomer(candidates) };
  const said = bareName(words, beside.lexicon);
  const { found, more } = await meant(saidIn(words), said, candidates);
  const [only, ...others] = found;
  if (only && others.length === 0 && !more) return { args: { customerId: only.id } };
  return { ask: only ? whichOf(found, said) : await unknown(said, beside) };
}

/**
 * Who asks for “the Contoso” may mean “Contoso” and “The Contoso Group”: then both are offered.
 */
async function meant(typed: string, core: string, candidates: Candidates) {
  const literally = await candidates.customersBeginning(typed);
  if (core === typed) return literally;
  const whole = await candidates.customerNamed(core);
  const loosely = whole ? { found: [whole], more: false } : await candidates.customersBeginning(core);
  const found = new Map([...literally.found, ...loosely.found].map((each) => [each.id, each]));
  return { found: [...found.values()], more: literally.more || loosely.more };
}

const namesNobody = (words: readonly Word[], { lexicon }: Beside): boolean => !bareName(words, lexicon);

const choicesOf = (customers: readonly { id: string; name: string }[]) =>
  customers.map(({ id, name }) => ({ title: name, args: { customerId: id } }));

const ALL = { title: 'All customers', command: 'customers' };
const ADD = { title: 'Add customer', command: 'add customer' };

async function whichCustomer(candidates: Candidates): Promise<Question> {
  const choices = choicesOf(await candidates.latestCustomers());
  return {
    title: 'Which customer?',
    text: 'Choose one, or type its name behind the command.',
    choices,
    others: [ALL],
  };
}

const whichOf = (found: readonly { id: string; name: string }[], said: string): Question => ({
  title: 'Which customer?',
  text: `More than one customer has “${short(said)}” in its name.`,
  choices: choicesOf(found.slice(0, MOST)),
  others: found.length > MOST ? [{ ...ALL, args: { search: short(said) } }] : [],
});

/** No such customer. Guesses are offered, and never for a command that takes something away. */
async function unknown(said: string, { candidates, destructive }: Beside): Promise<Question> {
  const near = destructive ? [] : await nearCustomers(said, candidates);
  return {
    title: near.length > 0 ? 'Did you mean …?' : 'Which customer?',
    text: `No customer is called “${short(said)}”.`,
    choices: choicesOf(near),
    others: destructive ? [ALL] : [ALL, ADD],
  };
}

/** Customers whose name is that of a typing mistake away; they share its first letters. */
export async function nearCustomers(said: string, candidates: Candidates) {
  const typed = said.toLowerCase();
  if (typed.length < 4) return [];
  const { found } = await candidates.customersBeginning(typed.slice(0, 3));
  const far = (name: string) => distance(typed, name.toLowerCase().slice(0, typed.length));
  return found.filter(({ name }) => far(name) <= typed.length / 4).slice(0, MOST_NEAR);
}

const short = (said: string): string => said.slice(0, 100);
