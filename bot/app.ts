import { Application } from '@microsoft/teams-ai/lib/Application';
import { TurnState } from '@microsoft/teams-ai/lib/TurnState';
import type { TurnContext } from 'botbuilder';
import { heardByAll } from './access/hearing';
import type { AppDeps } from './appDeps';
import { routeCardAction } from './cardActions/calls/routeCardAction';
import type { Envelope } from './channel/envelope';
import { routeText } from './commands/calls/routeText';
import { installed } from './installs/installed';
import { refreshReference } from './installs/references';
import { turnOf } from './turns/turn';

/**
 * teams-ai's typing timer is one field that all concurrent turns share, and its option cannot switch it off.
 */
class QuietApplication extends Application<TurnState> {
  override startTypingTimer(): void {
    // No timer: the bot holds replies until the turn is committed, and then sends them at once.
  }
}

/** A person speaks in these; the others are events, which store their reference themselves. */
const SPOKEN = new Set(['message', 'invoke']);

const envelopeOf = (context: TurnContext): Envelope => turnOf(context).envelope;
const isInvoke = (name: string) => async (context: TurnContext) => envelopeOf(context).name === name;
const isMessage = async (context: TurnContext) => envelopeOf(context).type === 'message';
const isInstalled = async (context: TurnContext) => envelopeOf(context).bot === 'installed';
const isSubmit = async (context: TurnContext) => {
  const { type, value } = envelopeOf(context);
  return type === 'message' && typeof value === 'object' && value !== null;
};

/**
 * Routes admitted turns to the lists of commands, card actions and events. Holds no state: the
 * conversation's lane loads and commits the turn's state around it. Each handler finds its turn on the
 * context.
 */
export function createBot(deps: AppDeps): Application<TurnState> {
  const app = new QuietApplication({
    removeRecipientMention: false,
    turnStateFactory: () => new TurnState(),
  });
  app.addRoute(
    isInvoke('adaptiveCard/action'),
    async (context) => routeCardAction(turnOf(context), clickedIn(context)?.action, deps),
    true,
  );
  app.addRoute(isInvoke('signin/verifyState'), async (context) => routeCode(context, deps), true);
  app.addRoute(isSubmit, async (context) => {
    const { verb, ...data } = clickedIn(context) ?? {};
    await routeCardAction(turnOf(context), { verb, data }, deps);
  });
  app.addRoute(isMessage, async (context) => routeText(turnOf(context), envelopeOf(context).said, deps));
  app.turn('beforeTurn', async (context) => {
    if (SPOKEN.has(envelopeOf(context).type)) await refreshReference(turnOf(context), deps);
    return true;
  });
  app.addRoute(isInstalled, async (context) => installed(turnOf(context), deps));
  return app;
}

/** The data of a button; it can be anything. */
const clickedIn = (context: TurnContext) =>
  envelopeOf(context).value as Record<string, unknown> | null | undefined;

/**
 * A sign-in pop-up returns its code in the name of the person who clicked; `CancelledByUser` when it was
 * closed.
 */
async function routeCode(context: TurnContext, deps: AppDeps): Promise<void> {
  const state = clickedIn(context)?.state;
  const turn = turnOf(context);
  await deps.dialogs.tidy(context);
  if (!deps.dialogs.open(context) || typeof state !== 'string') return;
  await heardByAll(turn, deps, undefined);
  turn.incoming = { kind: 'code', code: state.slice(0, 100) };
  await deps.dialogs.answer(context);
}
