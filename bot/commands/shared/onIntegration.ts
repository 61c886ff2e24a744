import { z } from 'zod';
import { finishedCard } from '../../../cards/finished';
import { nameKeyOf } from '../../../domain/customers/customerName';
import { knownIntegration } from '../../../domain/integrations/changeIntegration';
import { usableIntegrations } from '../../../domain/integrations/listIntegrations';
import type { AppDeps, Command } from '../../appDeps';
import type { Turn } from '../../turns/turn';

type OnIntegration = Pick<Command<{ integrationId: string }>, 'title' | 'args' | 'fromText' | 'run'>;

/** A command about one integration: the only one, or the named one. Otherwise the person chooses one. */
export const onIntegration = (
  title: string,
  run: (turn: Turn, integrationId: string, deps: AppDeps) => Promise<void>,
): OnIntegration => ({
  title,
  args: z.object({ integrationId: z.string().max(100) }),
  async fromText(turn, text, deps) {
    const usable = await usableIntegrations(deps, turn.actor);
    const [only, ...others] = usable;
    const meant =
      only && others.length === 0 ? only : usable.find(({ name }) => nameKeyOf(name) === nameKeyOf(text));
    if (meant) return { args: { integrationId: meant.id } };
    const lines = [only ? 'From which of these?' : NONE];
    const actions = usable.map(({ id, name }) => ({
      title: name,
      command: title,
      args: { integrationId: id },
    }));
    return { ask: [{ card: finishedCard({ title: 'Organizations', lines, tone: 'neutral', actions }) }] };
  },
  async run(turn, { integrationId }, deps) {
    await run(turn, (await knownIntegration(deps.stores.integrations, integrationId)).id, deps);
  },
});

const NONE =
  'No IT Glue or Hudu is connected and in use. An admin adds one, or resumes a paused one: type “integrations”.';
