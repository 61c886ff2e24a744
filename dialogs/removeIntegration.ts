import { z } from 'zod';
import { confirmStepCard } from '../cards/confirmStep';
import type { KeyEntryDeps } from '../domain/integrations/integrationDeps';
import { removeIntegration, whatRemovingDoes } from '../domain/integrations/removeIntegration';
import type { Needs } from '../domain/stores/core';
import type { DialogDefinition, StepContext } from './dialog';
import { ended } from './steps/ended';

interface Values {
  integrationId: string;
  name: string;
  does: string;
}

export type RemoveIntegrationDeps = KeyEntryDeps & Needs<'links'>;

/** Removes an integration after the person has read what that does. */
export function createRemoveIntegration(deps: RemoveIntegrationDeps): DialogDefinition<Values> {
  return {
    id: 'removeIntegration',
    title: 'Remove integration',
    permission: 'integrations.manage',
    kept: ({ name }) => `${name} was not removed.`,
    options: z.object({ integrationId: z.string().max(100) }),
    async start({ integrationId }: { integrationId: string }, { actor }: StepContext) {
      const { name, sentence } = await whatRemovingDoes(deps, actor, integrationId);
      return { go: 'confirm', values: { integrationId, name, does: sentence } };
    },
    steps: {
      confirm: {
        answer: z.object({ choice: z.enum(['keep', 'remove'], { message: 'Please choose one.' }) }),
        async card({ name, does }, shown) {
          return confirmStepCard({
            ...shown,
            title: `Remove ${name}?`,
            intro: does,
            keep: { title: 'Keep it', choice: 'keep' },
            change: { title: 'Remove integration', choice: 'remove', style: 'destructive' },
          });
        },
        async handle({ choice }: { choice: 'keep' | 'remove' }, { integrationId, name }, context) {
          if (choice === 'keep') return { end: [], summary: `${name} stays as it is.` };
          const { actor, requestId } = context;
          await removeIntegration(deps, actor, { integrationId, requestId });
          const summary = `${name} was removed.`;
          const actions = [{ title: 'Integrations', command: 'integrations' }];
          return ended(summary, { title: name, tone: 'neutral', actions });
        },
      },
    },
  };
}
