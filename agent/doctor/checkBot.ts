import type { CliDeps } from '../cli/cliDeps';
import { openBot, proveIdentity } from '../cli/openBot';
import { type AgentSettings, pathsOf } from '../settings';
import { type Finding, problem } from './finding';

const CLOCK_MS = 2 * 60_000;

/**
 * Checks whether the bot answers and knows this agent, and how far apart the clocks are. Makes no key pair
 * if there is none.
 */
export async function checkBot(config: string, settings: AgentSettings, deps: CliDeps): Promise<Finding> {
  const kept = await deps.platform.secretsIn(pathsOf(config).folder).read('identityKey');
  if (!kept) return notEnrolled;
  const bot = await openBot(config, settings, deps);
  try {
    if (!bot.enrolment) return notEnrolled;
    const { customer } = await proveIdentity(bot, deps);
    const skewMs = bot.clock.skewMs();
    if (Math.abs(skewMs) < CLOCK_MS)
      return { state: 'ok', sentence: `${settings.server} knows this agent of ${customer}.` };
    const minutes = Math.round(Math.abs(skewMs) / 60_000);
    const way = skewMs > 0 ? 'behind' : 'ahead';
    return problem(
      `The clock of this machine is ${minutes} min ${way}. The agent can work with that, Kerberos cannot: set the time.`,
    );
  } finally {
    bot.close();
  }
}

const notEnrolled = problem('The agent is not enrolled. Run "keyturn-agent repair" with an install token.');
