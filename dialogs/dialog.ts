import type { z } from 'zod';
import type { Card, StepData } from '../cards/shared/card';
import type { SetUpStepId } from '../domain/customers/setUp';
import type { LinkAsk, LinkKindName } from '../domain/links/linkKinds';
import type { Actor, Permission } from '../domain/people/person';

/**
 * What a step or a finished dialog says. Each part is a message of its own, because Teams separates a text
 * from its card anyway.
 */
export interface Say {
  text?: string;
  card?: Card;
  /** The card is that of the open step: it changes in place when what it waits for changes. */
  step?: true;
  /**
   * A button to one of our pages, for this person alone. Its one-time link is created on sending, so that it
   * is stored nowhere. `again`: it takes the place of the person's earlier button of this kind.
   */
  link?: { text: string; title: string; again?: true } & LinkAsk;
}

/** The card of a customer's set-up. A dialog that runs as one of its steps asks on this card alone. */
export interface Home {
  customerId: string;
  /** The message that carries the card. */
  cardId: string;
}

/** Who acts, in which conversation, and under which request id. A repeated step gets the same id again. */
export interface StepContext {
  actor: Actor;
  /**
   * Identifies this run of the dialog. Everything that the run creates has this id, so that a repeated step
   * creates nothing twice.
   */
  requestId: string;
  conversationKey: string;
  conversationId: string;
  /** Only the actor reads the replies. */
  personal: boolean;
  /** The message whose card was clicked. */
  clicked?: string;
  /** The card of a customer's set-up in which this run asks; absent when it asks on cards of its own. */
  home?: Home;
  /**
   * The Bot Framework's conversation reference of this turn, for work that sends to this conversation later.
   */
  reference: unknown;
}

export type StepResult<Values> =
  /** `problem`: why the question comes; `noBack`: what was answered before is done, so Back stops here. */
  | { go: string; values: Values; say?: Say; problem?: string; noBack?: true }
  | { back: true }
  /** Nothing changes. The card is shown again with this sentence. */
  | { stay: string; values?: Values }
  /** The dialog is finished; these are its last messages, or the summary alone. */
  | { end: Say[]; summary: string };

/** One question: a card, the schema of its answer, and what the answer does. */
export interface Step<Values> {
  card(values: Values, shown: StepData, context: StepContext): Promise<Card>;
  /** The schema of the card's data (action and inputs). Unknown fields are dropped. */
  answer: z.ZodType;
  /** Turns typed text into an answer. Absent when this step accepts no text. */
  fromText?(text: string): unknown;
  /** Turns the result of a sign-in pop-up into an answer. */
  fromCode?(code: string): unknown;
  /** The link whose page this step waits for: its card changes with the link. */
  waitsFor?: LinkKindName;
  /** Ends what this step began outside of the chat, when a person cancels. Safe to repeat. */
  left?(context: StepContext): Promise<void>;
  handle(answer: never, values: Values, context: StepContext): Promise<StepResult<Values>>;
}

/** A dialog of several steps. `Values` is plain data, because it is stored between the steps. */
export interface DialogDefinition<Values = Record<string, unknown>> {
  id: string;
  /** Shown in 'leave X?' and in summaries. */
  title: string;
  permission: Permission;
  /** For a dialog that makes a link for one person: what it says instead when others can read along. */
  alone?: string;
  /** What stays when somebody cancels after `values`. */
  kept(values: Values): string;
  /** The step of a customer's set-up that this dialog does. */
  setUpStep?: SetUpStepId;
  /** The schema of its start options. */
  options: z.ZodType;
  /** The first step and its values, or a last message when there is nothing to ask. */
  start(options: never, context: StepContext): Promise<StepResult<Values>>;
  steps: Record<string, Step<Values>>;
}

/** Gives dialogs with different values one type. What a dialog stores comes back to that dialog only. */
export const anyDialog = <Values>(definition: DialogDefinition<Values>): DialogDefinition =>
  definition as unknown as DialogDefinition;
