import type { Lexicon } from './lexicon';
import type { Word } from './words';

/** One way to ask for a command. Each language has phrases for it, under the form's id. */
export interface Form {
  /** The arguments that the phrase itself says. */
  args?: object;
  /** How the words beside the phrase become arguments. Absent: the phrase takes no words. */
  takes?: Taker;
  /** Takes something away: never offered as a guess, and a card asks before it happens. */
  destructive?: true;
  /** Talk that starts nothing: the answer to an open question goes before it. */
  talk?: true;
}

/** Makes arguments of the words beside a phrase. */
export interface Taker {
  /** The words name a customer. */
  customer?: true;
  /** A word such as “to” divides the words, so that the phrase can stand between the two parts. */
  divided?: true;
  take(words: readonly Word[], beside: Beside): Promise<Taken>;
}

export interface Beside {
  lexicon: Lexicon;
  /** Words before a new name, in the language of the phrase. */
  to: ReadonlySet<string>;
  candidates: Candidates;
  /** The command takes something away: nothing is guessed for it. */
  destructive: boolean;
}

/** The arguments, or what the bot asks to learn them. */
export type Taken = { args: object } | { ask: Question };

/** A sentence, and what can be chosen: the arguments of the same command, or another command. */
export interface Question {
  title: string;
  text: string;
  choices?: { title: string; args: object; destructive?: true }[];
  others?: { title: string; command: string; args?: object }[];
}

interface Named {
  id: string;
  name: string;
}

/**
 * What the person may choose from, in this conversation. It finds nothing where the person, or somebody who
 * reads along, may not see it.
 */
export interface Candidates {
  /** The customer with exactly this name. */
  customerNamed(text: string): Promise<Named | undefined>;
  /** The customers in whose name each of these words begins a word; `more`: there may be others. */
  customersBeginning(text: string): Promise<{ found: Named[]; more: boolean }>;
  /** The customers that changed last, at most five. */
  latestCustomers(): Promise<Named[]>;
  /** All connected accounts of IT Glue and Hudu; only a `usable` one can be read. */
  integrations(): Promise<(Named & { kind: 'itglue' | 'hudu'; usable: boolean })[]>;
  /** The person whom the message mentions. */
  mentioned(): Promise<{ objectId: string; name: string } | undefined>;
  /** The name of the person with this Entra object id, where Keyturn knows them. */
  personWithId(objectId: string): Promise<string | undefined>;
}
