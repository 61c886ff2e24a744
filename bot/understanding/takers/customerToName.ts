import type { Beside, Taken, Taker } from '../form';
import { saidIn, type Word } from '../words';
import { customerIn } from './customer';
import { newNameIn } from './text';

/**
 * “Contoso to Fabrikam”: the customer, and its new name. A name may itself have such a word in it, so a
 * division with a customer’s whole name before it goes first.
 */
export const customerToName: Taker = {
  customer: true,
  divided: true,
  async take(words, beside) {
    if (await beside.candidates.customerNamed(saidIn(words))) return customerIn(words, beside);
    const [first, ...others] = divisions(words, beside);
    if (!first) return customerIn(words, beside);
    for (const division of [first, ...others])
      if (await beside.candidates.customerNamed(saidIn(division.before))) return taken(division, beside);
    return taken(first, beside);
  },
};

interface Division {
  before: Word[];
  behind: Word[];
}

const divisions = (words: readonly Word[], { to }: Beside): Division[] =>
  words.flatMap(({ plain }, at) =>
    at > 0 && to.has(plain) ? [{ before: words.slice(0, at), behind: words.slice(at + 1) }] : [],
  );

async function taken({ before, behind }: Division, beside: Beside): Promise<Taken> {
  const name = newNameIn(behind, beside.lexicon);
  const found = await customerIn(before, beside);
  if ('args' in found) return { args: { ...found.args, name } };
  const choices = found.ask.choices?.map((choice) => ({ ...choice, args: { ...choice.args, name } }));
  return { ask: { ...found.ask, ...(choices && { choices }) } };
}
