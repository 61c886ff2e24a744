import type { TurnContext } from 'botbuilder';
import type { Again } from '../../domain/jobs/jobRun';
import type { AppDeps } from '../appDeps';
import type { Proactive } from '../sending/proactive';
import { classified } from '../sending/sendResult';

const AGAIN_MS = 30_000;

/**
 * Says something in a conversation that may be out of reach now. The result: try again later, give up
 * because it is gone, or sent under this id.
 */
export async function sayWhereAsked(
  deps: Pick<AppDeps, 'stores' | 'log'>,
  proactive: Proactive,
  conversationId: string,
  send: (context: TurnContext) => Promise<string | undefined>,
): Promise<{ id: string | undefined } | Again> {
  const known = await deps.stores.references.get(conversationId);
  if (!known?.value.installed) {
    deps.log.warn({ conversationId }, 'where an install command was asked for cannot be reached any more');
    return { id: undefined };
  }
  const { reference } = known.value;
  const result = await classified(() => proactive.in(reference, send));
  if (result.kind === 'sent') return { id: result.id };
  if ('cause' in result)
    deps.log.warn({ err: result.cause, conversationId }, 'an enrolment was not told yet');
  return result.kind === 'gone' ? { id: undefined } : { againInMs: AGAIN_MS };
}
