import type { TurnContext } from 'botbuilder';
import type { Card } from '../../cards/shared/card';

const CARD = 'application/vnd.microsoft.card.adaptive';
const MESSAGE = 'application/vnd.microsoft.activity.message';

/**
 * Answers an invoke: a clicked card with its new face, or with a sentence that leaves the card as it is.
 * Always HTTP 200 with a status in the body, as universal actions require.
 */
export async function respond(
  context: TurnContext,
  replaced: Card | undefined,
  fresh: boolean,
  sentence?: string,
): Promise<void> {
  if (context.activity.type !== 'invoke') return;
  const value = { status: 200, body: bodyOf(context.activity.name, replaced, fresh, sentence) };
  await context.sendActivity({ type: 'invokeResponse', value });
}

function bodyOf(
  name: string | undefined,
  replaced: Card | undefined,
  fresh: boolean,
  sentence?: string,
): unknown {
  if (name !== 'adaptiveCard/action') return undefined;
  if (replaced) return { statusCode: 200, type: CARD, value: replaced };
  const said = sentence ?? (fresh ? 'The answer is below.' : 'That was done already.');
  return { statusCode: 200, type: MESSAGE, value: said };
}
