import { z } from 'zod';

/** What bot and agent agree on for one verb. Each of the two programs has a file of its own for it. */
interface VerbShape {
  /** What an order brings along. A verb that older agents know may only get an input that they can do without. */
  input: z.ZodTypeAny;
  /** What comes back when it was done. The agent writes it down, so it holds no secret. */
  result: z.ZodTypeAny;
  /** Doing it twice is as good as doing it once: an agent that ended in the middle does it again. */
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

/** What an agent knows that does not say what it knows. */
export const FIRST_VERBS: readonly string[] = ['deltaSync', 'inventory'] satisfies Verb[];
