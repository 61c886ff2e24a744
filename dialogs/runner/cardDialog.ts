import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs';
import { finishedCard } from '../../cards/finished';
import { KeyturnError } from '../../domain/errors';
import { permit } from '../../domain/people/permit';
import type { Clock, Random } from '../../domain/ports';
import type { DialogDefinition, Say, Step, StepContext, StepResult } from '../dialog';
import type { DialogRun } from './dialogRun';
import { type Incoming, type TurnIo, turnIo } from './turnIo';

type Values = Record<string, unknown>;

/**
 * Runs a DialogDefinition on the botbuilder-dialogs stack: asks with cards, checks answers by schema, goes
 * back, expires.
 */
export class CardDialog extends Dialog {
  constructor(
    readonly definition: DialogDefinition,
    private readonly deps: { clock: Clock; random: Random },
  ) {
    super(definition.id);
  }

  override async beginDialog(dc: DialogContext, options?: object): Promise<DialogTurnResult> {
    const io = turnIo(dc.context);
    permit(io.actor, this.definition.permission);
    if (!this.mayGoOn(io)) return dc.endDialog();
    const begun = { run: this.deps.random.id(), askedAt: this.deps.clock.now() };
    const run: DialogRun = { ...begun, step: '', values: {}, history: [] };
    this.store(dc, run);
    const parsed = this.definition.options.parse(options ?? {});
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

  /**
   * Shows the current step: again, with the problem of the previous answer, or in the place of the card that it
   * has (`inPlace`).
   */
  async ask(
    dc: DialogContext,
    run: DialogRun,
    { problem, inPlace = false }: { problem?: string; inPlace?: boolean } = {},
  ): Promise<DialogTurnResult> {
    const io = turnIo(dc.context);
    const shown = {
      at: { run: run.run, step: run.step },
      canGoBack:
        run.history.length > 0 || (run.step !== '' && this.definition.before?.(run.values) !== undefined),
      ...(problem && { problem }),
    };
    const card = await this.stepOf(run).card(run.values, shown, this.contextOf(io, run));
    if (inPlace || (problem && io.incoming?.kind !== 'text')) io.replace(card, true);
    else io.say({ card, step: true });
    this.store(dc, { ...run, askedAt: this.deps.clock.now() });
    return Dialog.EndOfTurn;
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
    const io = turnIo(dc.context);
    if ('stay' in result)
      return this.ask(dc, { ...run, values: result.values ?? run.values }, { problem: result.stay });
    if ('end' in result) return this.end(dc, result);
    const inPlace = 'go' in result && result.go === run.step && io.incoming?.kind === 'card';
    if (run.step && !inPlace && io.incoming?.kind !== 'text')
      io.replace(this.closed(run, 'go' in result ? result.values : run.values, 'back' in result));
    const earlier = 'back' in result && run.history.length === 0 && this.definition.before?.(run.values);
    if (earlier) return dc.replaceDialog(earlier.dialog, earlier.options);
    const next = 'back' in result ? steppedBack(run) : steppedForward(run, result);
    if ('go' in result && result.say) io.say(result.say);
    return this.ask(dc, next, { inPlace });
  }

  private async end(
    dc: DialogContext,
    result: Extract<StepResult<Values>, { end: Say[] }>,
  ): Promise<DialogTurnResult> {
    const io = turnIo(dc.context);
    const [first, ...others] = result.end.length > 0 ? result.end : [{ card: this.finished(result.summary) }];
    if (first?.card && !first.text && io.incoming?.kind === 'card') io.replace(first.card);
    else if (first) io.say(first);
    for (const say of others) io.say(say);
    if (result.then) return dc.replaceDialog(result.then.dialog, result.then.options as object);
    return dc.endDialog();
  }

  private finished(summary: string) {
    return finishedCard({ title: this.definition.title, lines: [summary], tone: 'good' });
  }

  private closed(run: DialogRun, values: Values, back: boolean) {
    const line = back ? 'You went back.' : this.stepOf(run).summary(values);
    return finishedCard({ title: this.definition.title, lines: [line], tone: 'neutral' });
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
      reference: io.reference,
    };
  }

  private store(dc: DialogContext, run: DialogRun): void {
    if (dc.activeDialog) dc.activeDialog.state = run;
  }
}

/** Today's dialog does not have the stored step: an update of the program renamed or removed it. */
class UnknownStep extends Error {
  override readonly name = 'UnknownStep';
}

function answerData(incoming: Incoming | undefined, step: Step<Values>): unknown {
  if (incoming?.kind === 'card') return incoming.data;
  if (incoming?.kind === 'code') return step.fromCode?.(incoming.code);
  return incoming ? step.fromText?.(incoming.text) : undefined;
}

const steppedForward = (run: DialogRun, result: { go: string; values: Values }): DialogRun => ({
  ...run,
  step: result.go,
  values: result.values,
  history: run.step && run.step !== result.go ? [...run.history, run.step] : run.history,
});

const steppedBack = (run: DialogRun): DialogRun => ({
  ...run,
  step: run.history.at(-1) ?? run.step,
  history: run.history.slice(0, -1),
});
