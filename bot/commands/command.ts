import { z } from 'zod';
import type { Say } from '../../dialogs/dialog';
import type { Permission } from '../../domain/people/person';
import type { Audience } from '../access/hearing';
import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';

/** What the words behind a command mean: its arguments, or what the bot says to learn them. */
export type Understood<Args extends object> = { args: Args } | { ask: Say[] };

/** One thing that can be typed, or clicked on a card. */
export interface Command<Args extends object = object> {
  /** As typed, and as its buttons say it; the first of its phrases. */
  title: string;
  /** Other ways to say it. */
  also: readonly string[];
  description: string;
  example: string;
  /** Undefined: everybody who has a role. */
  permission: Permission | undefined;
  /** Shown in the manifest, which takes twelve, and in help; or in help alone. The others are reached by buttons. */
  listed: boolean | 'inHelp';
  /** Who may read along: by default everybody in the place has to be allowed to see customers. */
  audience?: Audience;
  /** A mention in its words stays as it came, `<at>name</at>`; other commands get the name alone. */
  readsMentions?: true;
  /** Runs in the middle of a dialog, without a question whether to leave it. */
  duringDialog?: true;
  /** Takes no words: with words behind it, it answers the open step. “Stop & Shop” is a name there, not an end. */
  wordless?: true;
  /** Cards carry the arguments. A card may be old or made up: `run` looks up every id in them again. */
  args: z.ZodType<Args, z.ZodTypeDef, unknown>;
  fromText(turn: Turn, text: string, deps: AppDeps): Promise<Understood<Args>>;
  run(turn: Turn, args: Args, deps: AppDeps): Promise<void>;
}

/** Keeps the types of `args`, `fromText` and `run` together. */
export const command = <Args extends object>(definition: Command<Args>): Command<Args> => definition;

/** Of a command that needs nothing but its title. */
export const noArgs = {
  args: z.object({}),
  fromText: async () => ({ args: {} }),
};
