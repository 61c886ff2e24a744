import { z } from 'zod';

/** What bot and agent agree on for one verb. Each of the two programs has its own file for it. */
interface VerbShape {
  /**
   * What an order brings along. A verb that older agents know may only get an input that they can do
   * without.
   */
  input: z.ZodTypeAny;
  /** What comes back when it is done. The agent writes it down, so it holds no secret. */
  result: z.ZodTypeAny;
  /**
   * Doing it twice has the same effect as doing it once, so an agent that ended in the middle does it
   * again.
   */
  repeatable: boolean;
}

const nothing = z.unknown().transform((): undefined => undefined);

export const VERBS = {
  deltaSync: { input: nothing, result: nothing, repeatable: true },
  inventory: { input: nothing, result: nothing, repeatable: true },
} satisfies Record<string, VerbShape>;

export type Verb = keyof typeof VERBS;
export type InputOf<V extends Verb> = z.output<(typeof VERBS)[V]['input']>;
export type ResultOf<V extends Verb> = z.output<(typeof VERBS)[V]['result']>;
export const VERB_NAMES = Object.keys(VERBS) as [Verb, ...Verb[]];

/** The verbs of an agent that does not say which verbs it knows. */
export const FIRST_VERBS: readonly string[] = ['deltaSync', 'inventory'] satisfies Verb[];
