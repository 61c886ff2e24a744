import { nameKeyOf } from '../../../domain/customers/customerName';
import type { IntegrationKind } from '../../../domain/integrations/integration';
import type { Beside, Candidates, Question, Taken, Taker } from '../form';
import { beforePoliteness } from '../polite';
import { saidIn, trimmed, type Word } from '../words';
import { hostIn } from './address';

type Integration = Awaited<ReturnType<Candidates['integrations']>>[number];

const VENDORS: Record<IntegrationKind, { name: string; said: RegExp }> = {
  itglue: { name: 'IT Glue', said: /\bit[\s-]?glue\b/i },
  hudu: { name: 'Hudu', said: /\bhudu\b/i },
};
const KINDS = Object.keys(VENDORS) as IntegrationKind[];

/**
 * The connected account to read from: the only one, the only one of the vendor that is named, or its name.
 */
export const integration: Taker = {
  async take(words, beside) {
    const usable = (await beside.candidates.integrations()).filter(({ usable: can }) => can);
    const said = saidOf(words, beside);
    const kind = kindIn(saidIn(words));
    const named = usable.filter(({ name }) => nameKeyOf(name) === nameKeyOf(said));
    const meant = named.length > 0 ? named : usable.filter((each) => !said || each.kind === kind);
    return oneOf(meant, () => from(meant.length > 0 || kind ? meant : usable, kind));
  },
};

/** A connected account, in use or paused, by its name; or the only one of its vendor. */
export const anyIntegration: Taker = {
  async take(words, beside) {
    const all = await beside.candidates.integrations();
    const said = saidOf(words, beside);
    const named = all.filter(({ name }) => nameKeyOf(name) === nameKeyOf(said));
    const meant = named.length > 0 ? named : all.filter(({ kind }) => kind === kindIn(saidIn(words)));
    return oneOf(meant, () => ({
      title: 'Which integration?',
      text: 'Choose one.',
      choices: choicesOf(all),
      others: [LIST],
    }));
  },
};

/** A vendor, and the address of the account at it: “hudu”, “https://docs.msp.example/companies”. */
export const vendor: Taker = {
  async take(words) {
    const host = words.map(hostIn).find(Boolean);
    const others = words.filter((word) => !hostIn(word));
    const kind = kindIn(saidIn(others)) ?? (host && (kindIn(host) ?? 'hudu'));
    if (kind) return { args: { kind, ...(host && kind === 'hudu' && { host }) } };
    return {
      ask: {
        title: 'Add an integration',
        text: 'Which one do you want to connect?',
        choices: KINDS.map(kindChoice),
      },
    };
  },
};

/** The address of the account, when there is one. */
export const address: Taker = {
  async take(words) {
    const host = words.map(hostIn).find(Boolean);
    return { args: host ? { host } : {} };
  },
};

const oneOf = ([only, ...others]: readonly Integration[], ask: () => Question): Taken =>
  only && others.length === 0 ? { args: { integrationId: only.id } } : { ask: ask() };

function from(usable: readonly Integration[], kind: IntegrationKind | undefined): Question {
  if (usable.length > 0)
    return { title: 'Organizations', text: 'From which of these?', choices: choicesOf(usable) };
  const offered = kind ? [kind] : KINDS;
  return {
    title: 'Organizations',
    text: `No ${offered.map((each) => VENDORS[each].name).join(' or ')} is connected and in use. An admin adds one, or resumes a paused one.`,
    others: offered.map((each) => ({
      title: `Add ${VENDORS[each].name}`,
      command: 'integrations',
      args: { do: 'add', kind: each },
    })),
  };
}

const LIST = { title: 'Integrations', command: 'integrations' };

const choicesOf = (all: readonly Integration[]) =>
  all.map(({ id, name }) => ({ title: name, args: { integrationId: id } }));

const kindChoice = (kind: IntegrationKind) => ({ title: VENDORS[kind].name, args: { kind } });

const kindIn = (said: string): IntegrationKind | undefined =>
  KINDS.find((kind) => VENDORS[kind].said.test(said));

const saidOf = (words: readonly Word[], { lexicon }: Beside): string =>
  saidIn(trimmed(beforePoliteness(words, lexicon), lexicon.around));
