import { finishedCard } from '../../cards/finished';
import { nameKeyOf } from '../../domain/customers/customerName';
import { usableIntegrations } from '../../domain/integrations/listIntegrations';
import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';

/** The integration that was meant: the only one, or the one that was named. Otherwise asks which, with `command` on the buttons. */
export async function chooseIntegration(
  deps: AppDeps,
  turn: Turn,
  text: string,
  command: string,
): Promise<string | undefined> {
  const usable = await usableIntegrations(deps, turn.actor);
  const [only, ...others] = usable;
  if (only && others.length === 0) return only.id;
  const meant = usable.find(({ name }) => nameKeyOf(name) === nameKeyOf(text));
  if (meant) return meant.id;
  const lines = [only ? 'From which of these?' : NONE];
  const actions = usable.map(({ name }) => ({ title: name, command: `${command} ${name}` }));
  turn.say({ card: finishedCard({ title: 'Organizations', lines, tone: 'neutral', actions }) });
  return undefined;
}

const NONE =
  'No IT Glue or Hudu is connected and in use. An admin adds one, or resumes a paused one: type “integrations”.';
