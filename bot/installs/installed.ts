import type { AppDeps } from '../appDeps';
import { home } from '../commands/home';
import type { Turn } from '../turns/turn';
import { keepReference } from './references';

/**
 * Somebody with a role installed or upgraded the bot, or it joined a conversation: it greets once. Teams
 * repeats this event. A removal takes another way, because nobody checks who removes the bot.
 */
export async function installed(turn: Turn, deps: AppDeps): Promise<void> {
  const { greet } = await keepReference(turn, deps);
  if (greet) await home.run(turn, {}, deps);
}
