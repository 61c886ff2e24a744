import { finishedCard } from '../../cards/finished';
import { whatStays } from '../access/hearing';
import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';
import { command, noArgs } from './command';

/** Ends the open dialog and says what was saved. */
export async function cancelled(turn: Turn, deps: AppDeps): Promise<void> {
  const open = await deps.dialogs.cancel(turn.context);
  const title = open ? `Cancelled: ${open.title}` : 'Nothing to cancel';
  const line = open
    ? await whatStays(turn, deps, open)
    : 'Nothing is open here. Type “help” to see what I can do.';
  const card = finishedCard({ title, lines: [line], tone: 'neutral' });
  const clicked = turn.envelope.type === 'invoke';
  // The card of a set-up says it itself.
  if (clicked && open?.home) return;
  if (clicked && open) turn.replace(card);
  else turn.say({ card });
}

export const cancel = command({
  title: 'cancel',
  description: 'Cancel the current step, and see what was saved',
  example: 'cancel',
  permission: undefined,
  listed: true,
  group: 'daily',
  audience: 'anywhere',
  duringDialog: true,
  forms: { cancel: {} },
  ...noArgs,
  run: (turn, _args, deps) => cancelled(turn, deps),
});
