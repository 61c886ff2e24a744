import type { z } from 'zod';
import type { Card } from '../cards/card';
import type { KeyEntryFor } from '../domain/integrations/issueKeyEntry';
import type { Actor, Permission } from '../domain/people/person';

/** What a step or a finished dialog says: each part is a message of its own (Teams splits a text from its card anyway). */
export interface Say {
  text?: string;
  card?: Card;
  /** A sign-in button for this customer's tenant. Its one-time link is made when it is sent, so that it lies nowhere. */
  signIn?: { text: string; title: string; customerId: string; ownTenantMeant: boolean };
  /** A button to our page where an API key is entered; its one-time link is made when it is sent, too. */
  keyEntry?: { text: string; title: string; account: KeyEntryFor };
  /** A button to our page that shows the line which installs an agent; its link is made when it is sent, too. */
  installAgent?: { text: string; title: string; customerId: string };
}

/** Who is acting, where, and under which request id; the same id comes again when the same step is repeated. */
export interface StepContext {
  actor: Actor;
  /** Identifies this run of the dialog: the id of all that it makes, so that a repeated step makes nothing twice. */
  requestId: string;
  conversationKey: string;
  /** Botbuilder conversation reference of this turn, for work that will speak here later. */
  reference: unknown;
  /** Carried by the step's card, so that its answer is known to belong to it. */
  at: { run: string; step: string };
  canGoBack: boolean;
}

export type StepResult<Values> =
  | { go: string; values: Values; say?: Say }
  | { back: true }
  /** Nothing changes; the card is shown again with this sentence. */
  | { stay: string; values?: Values }
  /** The dialog is finished; `say` is its last word. `then` starts another dialog in its place. */
  | { end: Say[]; summary: string; then?: { dialog: string; options: unknown } };

/** One question: a card, the schema of its answer, and what the answer does. */
export interface Step<Values> {
  /** `problem` is the sentence of a refused answer, to be shown on the card. */
  card(values: Values, context: StepContext, problem?: string): Promise<Card>;
  /** Of the card's data (action and inputs); unknown fields are dropped. */
  answer: z.ZodType;
  /** Turns typed chat text into an answer; absent when this step takes no text. */
  fromText?(text: string): unknown;
  /** Turns what a sign-in pop-up handed back into an answer. */
  fromCode?(code: string): unknown;
  /** One line that stands in the place of the answered card. */
  summary(values: Values): string;
  handle(answer: never, values: Values, context: StepContext): Promise<StepResult<Values>>;
}

/** A conversation of several steps. `Values` is plain data: it is stored between steps. */
export interface DialogDefinition<Values = Record<string, unknown>> {
  id: string;
  /** Shown in 'leave X?' and in summaries. */
  title: string;
  permission: Permission;
  /** Of a dialog that makes a link for one person: what is said instead where others read along. */
  alone?: string;
  /** What is kept when somebody cancels after `values`. */
  kept(values: Values): string;
  /** Where Back leads on the first step, when this dialog followed another one. */
  before?(values: Values): { dialog: string; options: object } | undefined;
  /** Schema of what it can be started with. */
  options: z.ZodType;
  /** The first step and its values; or a last word, when there is nothing to ask. */
  start(options: never, context: StepContext): Promise<StepResult<Values>>;
  steps: Record<string, Step<Values>>;
}

/** Gives dialogs of different values one type: what a dialog stores comes back to that dialog only. */
export const anyDialog = <Values>(definition: DialogDefinition<Values>): DialogDefinition =>
  definition as unknown as DialogDefinition;
