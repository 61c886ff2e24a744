import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs';
import { finishedCard } from '../../cards/finished';
import type { Card } from '../../cards/shared/card';
import { KeyturnError } from '../../domain/errors';
import { permit } from '../../domain/people/permit';
import type { Clock, Random } from '../../domain/ports';
import type { DialogDefinition, Home, Say, Step, StepContext, StepResult } from '../dialog';
import type { DialogRun } from './dialogRun';
import type { HomeCards } from './homeCards';
import { type Incoming, type TurnIo, turnIo } from './turnIo';

type Values = Record<string, unknown>;

/** How a dialog is begun: its own options, and the card in which it asks. */
export interface Begun {
  options: object;
  home?: Home;
}

interface Asking {
  /** Why the previous answer was refused. */
  problem?: string | undefined;
  /** In the place of the card that the step has. */
  inPlace?: boolean;
}

export interface RunnerDeps {
  clock: Clock;
  random: Random;
  homeCards: HomeCards;
}

/**
 * Runs a DialogDefinition on the botbuilder-dialogs stack: asks with cards, checks answers by schema, goes
 * back, expires. The next question takes the place of an answered card.
 */
export class CardDialog extends Dialog {
  constructor(
    readonly definition: DialogDefinition,
    private readonly deps: RunnerDeps,
  ) {
    super(definition.id);
  }

  override async beginDialog(dc: DialogContext, { options, home }: Begun): Promise<DialogTurnResult> {
    const io = turnIo(dc.context);
    permit(io.actor, this.definition.permission);
    if (!this.mayGoOn(io)) return dc.endDialog();
    const begun = { run: this.deps.random.id(), askedAt: this.deps.clock.now(), ...(home && { home }) };
    const run: DialogRun = { ...begun, step: '', values: {}, history: [] };
    this.store(dc, run);
    const parsed = this.definition.options.parse(options);
    return this.apply(dc, run, await this.definition.start(parsed as never, this.contextOf(io, run)));
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const io = turnIo(dc.context);
    permit(io.actor, this.definition.permission);
    if (!this.mayGoOn(io)) return dc.endDialog();
    const run = dc.activeDialog?.state as DialogRun;
    const step = this.stepOf(run);
    const data = answerData(io.incoming, step);
    if (data === undefined) return this.ask(dc, run);
    return this.apply(dc, run, await this.answered(step, data, run, io));
  }

  /**
   * A card dialog ignores all events. The SDK's own handling would cost four promises to reach the same
   * result.
   */
  override async onDialogEvent(): Promise<boolean> {
    return false;
  }

  /** Says what to do when others could read along in a dialog for one person. */
  private mayGoOn(io: TurnIo): boolean {
    const { alone } = this.definition;
    if (!alone || io.personal) return true;
    io.say({ text: alone });
    return false;
  }

  /** Shows the current step, or shows it again. */
  async ask(dc: DialogContext, run: DialogRun, { problem, inPlace }: Asking = {}): Promise<DialogTurnResult> {
    const io = turnIo(dc.context);
    const shown = {
      at: { run: run.run, step: run.step },
      canGoBack: run.history.length > 0,
      ...(problem && { problem }),
    };
    const card = await this.stepOf(run).card(run.values, shown, this.contextOf(io, run));
    await this.show(io, run, card, { problem, inPlace });
    this.store(dc, { ...run, askedAt: this.deps.clock.now() });
    return Dialog.EndOfTurn;
  }

  /** A person who typed the answer looks at the end of the chat, so a card above it needs a word there. */
  private async show(
    io: TurnIo,
    { home }: DialogRun,
    card: Card,
    { problem, inPlace }: Asking,
  ): Promise<void> {
    const { setUpStep } = this.definition;
    if (home && setUpStep) {
      io.showOn(home.cardId, await this.deps.homeCards.asking(home, io, setUpStep, card), true);
      if (io.incoming?.kind === 'text') io.say({ text: problem ?? ABOVE });
    } else if (inPlace || io.incoming?.kind === 'card' || (problem && io.incoming?.kind === 'code'))
      io.replace(card, true);
    else io.say({ card, step: true });
  }

  private async answered(
    step: Step<Values>,
    data: unknown,
    run: DialogRun,
    io: TurnIo,
  ): Promise<StepResult<Values>> {
    const doing = (data as { do?: unknown }).do;
    if (doing === 'back') return { back: true };
    const answer = step.answer.safeParse(data);
    if (!answer.success) return { stay: answer.error.issues[0]?.message ?? 'Please answer on the card.' };
    try {
      return await step.handle(answer.data as never, run.values, this.contextOf(io, run));
    } catch (error) {
      if (error instanceof KeyturnError && error.code === 'invalidInput') return { stay: error.sentence };
      throw error;
    }
  }

  private async apply(
    dc: DialogContext,
    run: DialogRun,
    result: StepResult<Values>,
  ): Promise<DialogTurnResult> {
    if ('stay' in result)
      return this.ask(dc, { ...run, values: result.values ?? run.values }, { problem: result.stay });
    if ('end' in result) return this.end(dc, run, result);
    if ('back' in result) return this.ask(dc, steppedBack(run));
    if (result.say) turnIo(dc.context).say(result.say);
    return this.ask(dc, steppedForward(run, result), { problem: result.problem });
  }

  private async end(
    dc: DialogContext,
    { home }: DialogRun,
    result: Extract<StepResult<Values>, { end: Say[] }>,
  ): Promise<DialogTurnResult> {
    const io = turnIo(dc.context);
    if (home) await this.endAtHome(io, home, result.summary);
    else this.endWith(io, result.end.length > 0 ? result.end : [{ card: this.finished(result.summary) }]);
    return dc.endDialog();
  }

  private async endAtHome(io: TurnIo, home: Home, summary: string): Promise<void> {
    io.showOn(home.cardId, await this.deps.homeCards.resting(home, io, summary));
    if (io.incoming?.kind === 'text') io.say({ text: summary });
  }

  private endWith(io: TurnIo, [first, ...others]: readonly Say[]): void {
    if (first?.card && !first.text && io.incoming?.kind === 'card') io.replace(first.card);
    else if (first) io.say(first);
    for (const say of others) io.say(say);
  }

  private finished(summary: string) {
    return finishedCard({ title: this.definition.title, lines: [summary], tone: 'good' });
  }

  private stepOf(run: DialogRun): Step<Values> {
    const step = this.definition.steps[run.step];
    if (!step) throw new UnknownStep(`${this.definition.id}/${run.step}`);
    return step;
  }

  private contextOf(io: TurnIo, run: DialogRun): StepContext {
    return {
      actor: io.actor,
      requestId: run.run,
      conversationKey: io.conversationKey,
      conversationId: io.conversationId,
      personal: io.personal,
      reference: io.reference,
      ...(io.clicked && { clicked: io.clicked }),
      ...(run.home && { home: run.home }),
    };
  }

  private store(dc: DialogContext, run: DialogRun): void {
    if (dc.activeDialog) dc.activeDialog.state = run;
  }
}

const ABOVE = 'Go on with the card above.';

/** A step without its definition: `tidy` ends such a run before it is answered. */
class UnknownStep extends Error {
  override readonly name = 'UnknownStep';
}

function answerData(incoming: Incoming | undefined, step: Step<Values>): unknown {
  if (incoming?.kind === 'card') return incoming.data;
  if (incoming?.kind === 'code') return step.fromCode?.(incoming.code);
  return incoming ? step.fromText?.(incoming.text) : undefined;
}

const steppedForward = (
  run: DialogRun,
  { go, values, noBack }: Extract<StepResult<Values>, { go: string }>,
): DialogRun => ({
  ...run,
  step: go,
  values,
  history: noBack ? [] : run.step && run.step !== go ? [...run.history, run.step] : run.history,
});

const steppedBack = (run: DialogRun): DialogRun => ({
  ...run,
  step: run.history.at(-1) ?? run.step,
  history: run.history.slice(0, -1),
});
