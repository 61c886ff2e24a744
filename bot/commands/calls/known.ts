import type { AppDeps, Command } from '../../appDeps';
import type { Turn } from '../../turns/turn';
import type { Known } from '../../understanding/find';
import type { Form } from '../../understanding/form';
import { lexicon } from '../../understanding/languages';
import { candidatesFor } from './candidates';

/** What a text may mean here: the languages, the forms of all commands, and what this person may name. */
export const knownIn = (turn: Turn, deps: AppDeps): Known => ({
  lexicon,
  forms: catalogueOf(deps.commands).forms,
  candidates: candidatesFor(turn, deps),
});

/** The command that has this form. */
export const commandOf = (commands: readonly Command[], form: string): Command | undefined =>
  catalogueOf(commands).byForm.get(form);

interface Catalogue {
  forms: Record<string, Form>;
  byForm: Map<string, Command>;
}

const catalogues = new WeakMap<readonly Command[], Catalogue>();

/** Made once of one list of commands. */
function catalogueOf(commands: readonly Command[]): Catalogue {
  const known = catalogues.get(commands);
  if (known) return known;
  const catalogue: Catalogue = {
    forms: Object.assign({}, ...commands.map(({ forms }) => forms)),
    byForm: new Map(commands.flatMap((command) => Object.keys(command.forms).map((form) => [form, command]))),
  };
  catalogues.set(commands, catalogue);
  return catalogue;
}
