import type { TurnContext } from 'botbuilder-core';
import { DialogContext, DialogContextError, DialogSet, type DialogState } from 'botbuilder-dialogs';
import { finishedCard } from '../../cards/finished';
import type { LinkKindName } from '../../domain/links/linkKinds';
import { permit } from '../../domain/people/permit';
import type { DialogDefinition, Home } from '../dialog';
import { type Begun, CardDialog, type RunnerDeps } from './cardDialog';
import { type DialogRun, hasExpired } from './dialogRun';
import { type TurnIo, turnIo } from './turnIo';

/** The open dialog of a conversation, for the question whether to leave it. */
export interface OpenDialog {
  id: string;
  title: string;
  run: string;
  kept: string;
  takesText: boolean;
  /** The card of a set-up in which it asks. */
  home?: Home;
}

export interface DialogRunner {
  /**
   * Ends a dialog that got no answer for too long, or that today's program does not know, and says so. True
   * when it did.
   */
  tidy(context: TurnContext): Promise<boolean>;
  open(context: TurnContext): OpenDialog | undefined;
  /** `home`: the card of a set-up in which the dialog asks, as one of its steps. */
  start(context: TurnContext, dialog: string, options: object, home?: Home): Promise<void>;
  /**
   * Gives the turn's answer to the open dialog. An answer to a finished step changes nothing, and the person
   * learns that.
   */
  answer(context: TurnContext): Promise<void>;
  /** Shows the open step again. */
  askAgain(context: TurnContext): Promise<void>;
  /** Shows what became of the link that the open step waits for, in the place of the step's card. */
  linkChanged(context: TurnContext, kind: LinkKindName): Promise<void>;
  /** Ends the open dialog, and returns it for the reply. */
  cancel(context: TurnContext): Promise<OpenDialog | undefined>;
}

/** Runs the dialogs on the stack of the turn; the runner itself remembers nothing. */
export function createDialogRunner(deps: RunnerDeps, definitions: readonly DialogDefinition[]): DialogRunner {
  const byId = new Map(definitions.map((definition) => [definition.id, definition]));
  const set = new DialogSet();
  for (const definition of definitions) set.add(new CardDialog(definition, deps));
  const contextIn = memorizing(set);

  const open = (context: TurnContext): OpenDialog | undefined => {
    const top = topOf(context);
    const definition = top && byId.get(top.id);
    if (!top || !definition) return undefined;
    const { run, step, values, home } = top.state;
    const takesText = definition.steps[step]?.fromText !== undefined;
    const { id, title } = definition;
    return { id, title, run, kept: definition.kept(values), takesText, ...(home && { home }) };
  };

  const askIn = async (dc: DialogContext, inPlace = false): Promise<void> => {
    const definition = dc.activeDialog && dc.findDialog(dc.activeDialog.id);
    if (!(definition instanceof CardDialog)) return;
    permit(turnIo(dc.context).actor, definition.definition.permission);
    await definition.ask(dc, runOf(dc), { inPlace });
  };

  const tidy = async (context: TurnContext): Promise<boolean> => {
    const top = topOf(context);
    const definition = top && byId.get(top.id);
    const goesOn = top && definition?.steps[top.state.step] && !hasExpired(top.state, deps.clock.now());
    if (!top || goesOn) return false;
    const io = turnIo(context);
    io.dialogs.dialogStack = [];
    await tellExpired(deps, io, definition, top.state);
    return true;
  };

  return {
    open,
    tidy,
    async start(context, dialog, options, home) {
      turnIo(context).dialogs.dialogStack = [];
      const begun: Begun = { options, ...(home && { home }) };
      await itself(contextIn(context).beginDialog(dialog, begun));
    },
    async answer(context) {
      if (await tidy(context)) return;
      const io = turnIo(context);
      const top = topOf(context);
      if (io.incoming?.kind === 'card' && !isCurrent(top?.state, io.incoming)) return io.note(STEP_FINISHED);
      await itself(contextIn(context).continueDialog());
    },
    askAgain: (context) => askIn(contextIn(context)),
    async linkChanged(context, kind) {
      if (stepOf(byId, topOf(context))?.waitsFor === kind) await askIn(contextIn(context), true);
    },
    async cancel(context) {
      const cancelled = open(context);
      const io = turnIo(context);
      const top = topOf(context);
      await stepOf(byId, top)?.left?.({ ...io, requestId: top?.state.run ?? '' });
      io.dialogs.dialogStack = [];
      if (cancelled?.home) await leaveHome(deps, io, cancelled.home, cancelled.kept);
      return cancelled;
    },
  };
}

async function tellExpired(
  deps: RunnerDeps,
  io: TurnIo,
  definition: DialogDefinition | undefined,
  { run, home, values }: DialogRun,
): Promise<void> {
  const card = expired(definition, values, io.personal);
  const clicked = io.incoming?.kind === 'card' && io.incoming.run === run;
  if (home) await leaveHome(deps, io, home, ENDED);
  if (!clicked) io.say({ card });
  else if (!home) io.replace(card);
}

/** The card of a set-up shows its steps again, without the question of the ended dialog. */
const leaveHome = async ({ homeCards }: RunnerDeps, io: TurnIo, home: Home, note: string): Promise<void> =>
  io.showOn(home.cardId, await homeCards.resting(home, io, note));

const MEMORY = 'DialogStateManagerConfiguration';

/**
 * The stack lies in the turn's own state, which the lane of the conversation loads before and saves after the
 * turn. The SDK creates its memory scopes anew in every turn, which costs more than the step itself. They
 * hold nothing of a turn, so the SDK gets its first ones again.
 */
function memorizing(set: DialogSet): (context: TurnContext) => DialogContext {
  let memory: unknown;
  return (context) => {
    if (memory) context.turnState.set(MEMORY, memory);
    const dc = new DialogContext(set, context, turnIo(context).dialogs as DialogState);
    memory = context.turnState.get(MEMORY);
    return dc;
  };
}

/** The SDK wraps an error of a dialog. The person needs the error inside, which says what to do. */
async function itself<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof DialogContextError && error.error instanceof Error ? error.error : error;
  }
}

const isCurrent = (state: DialogRun | undefined, card: { run: string; step: string }): boolean =>
  state?.run === card.run && state.step === card.step;

const ENDED = 'Nobody continued this for more than 24 hours, or Keyturn was updated, so it ended.';
const STEP_FINISHED =
  'This step is finished, or it is somebody else’s. Nothing was changed. Go on with your newest card, or type “help”.';

/** What was kept can name a customer, so the bot says it to one person alone. */
const expired = (definition: DialogDefinition | undefined, values: DialogRun['values'], personal: boolean) =>
  finishedCard({
    title: definition?.title ?? 'An earlier conversation',
    lines: [
      ENDED,
      ...(definition && personal ? [definition.kept(values)] : []),
      'Start it again whenever you like.',
    ],
    tone: 'neutral',
  });

const stepOf = (byId: ReadonlyMap<string, DialogDefinition>, top: ReturnType<typeof topOf>) =>
  top && byId.get(top.id)?.steps[top.state.step];

const runOf = (dc: DialogContext): DialogRun => dc.activeDialog?.state as DialogRun;

const topOf = (context: TurnContext): { id: string; state: DialogRun } | undefined =>
  turnIo(context).dialogs.dialogStack.at(-1) as { id: string; state: DialogRun } | undefined;
