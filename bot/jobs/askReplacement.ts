import { z } from 'zod';
import type { Again } from '../../domain/jobs/jobRun';
import type { AppDeps } from '../appDeps';
import type { Proactive } from '../sending/proactive';
import { cardMessage, putMessage } from '../turns/reply';
import { showReplacement } from '../views/showReplacement';
import { jobKind } from './jobKind';
import { sayWhereAsked } from './sayWhereAsked';

export const ASK_REPLACEMENT = 'askReplacement';
export const askReplacementId = (tokenId: string): string => `replacement:${tokenId}`;

const inputSchema = z.object({ tokenId: z.string().max(100), conversationId: z.string() });
const progress = z.object({ cardId: z.string() });

/**
 * Asks whether another key may replace an agent's key, in the conversation of its install command; closes
 * the card when nobody answers.
 */
export const askReplacement = (deps: AppDeps, proactive: Proactive) =>
  jobKind({
    kind: ASK_REPLACEMENT,
    schema: inputSchema,
    async handle({ tokenId, conversationId }, run): Promise<Again | undefined> {
      const card = await showReplacement(deps, tokenId);
      const replacement = (await deps.stores.installTokens.get(tokenId))?.value.replacement;
      if (!card || !replacement) return undefined;
      const cardId = progress.safeParse(run.progress).data?.cardId;
      const result = await sayWhereAsked(deps, proactive, conversationId, (context) =>
        putMessage(context, cardMessage(card), cardId),
      );
      if ('againInMs' in result) return result;
      if (cardId !== undefined || result.id === undefined) return undefined;
      await run.save({ cardId: result.id } satisfies z.infer<typeof progress>);
      return { againInMs: Math.max(0, replacement.expiresAt - deps.clock.now()) + 1_000 };
    },
  });
