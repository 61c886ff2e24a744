import { soughtIn } from '../../../domain/people/findPerson';
import type { Role } from '../../../domain/people/person';
import type { Beside, Taken, Taker } from '../form';
import { MENTION, type Word } from '../words';

const HOW =
  'Type “people add @Megan technician” (or admin), or “people remove @Megan”, with one person. Instead of the mention you can write an address or an Entra object ID. Nothing was changed.';

/** The person who gets a role; a technician by default. */
export const personAndRole: Taker = {
  async take(words, beside) {
    const person = await personIn(words, beside);
    const role = roleIn(words, beside);
    return person && role ? { args: { who: person.who, role } } : { ask: { title: 'People', text: HOW } };
  },
};

/** The person who loses their roles. A card asks first, with the name as Teams knows it. */
export const personToRemove: Taker = {
  async take(words, beside): Promise<Taken> {
    const person = await personIn(words, beside);
    if (!person) return { ask: { title: 'People', text: HOW } };
    const { who, name } = person;
    const title = `Remove ${name}`;
    const text = `${name} loses every role in Keyturn and gets no more alerts. Nothing else changes.`;
    const choices = [{ title, args: { who }, destructive: true as const }];
    return { ask: { title: `${title}?`, text, choices } };
  },
};

/**
 * The mentioned person as Teams knows them; otherwise the typed address or object id. Nobody, when it is
 * two.
 */
async function personIn(words: readonly Word[], { candidates }: Beside) {
  const mentioned = await candidates.mentioned();
  const [only, ...others] = words.filter(isSought);
  if (others.length > 0 || (mentioned && only)) return undefined;
  if (mentioned) return { who: mentioned.objectId, name: mentioned.name };
  const typed = only?.said;
  const sought = typed && soughtIn(typed);
  if (!sought) return undefined;
  const name = 'objectId' in sought ? await candidates.personWithId(sought.objectId) : undefined;
  return { who: typed, name: name ?? typed };
}

const isSought = ({ said, plain }: Word): boolean => plain !== MENTION && soughtIn(said) !== undefined;

/** The role beside the person; a word of the person’s name is none, because a name can be anything. */
function roleIn(words: readonly Word[], { lexicon, to }: Beside): Role | undefined {
  const said = words
    .filter((word) => word.plain !== MENTION && !isSought(word))
    .map(({ plain }) => plain)
    .filter((plain) => !to.has(plain) && !lexicon.around.has(plain));
  const [only, ...others] = said;
  if (only === undefined) return 'technician';
  return others.length === 0 ? lexicon.roles.get(only) : undefined;
}
