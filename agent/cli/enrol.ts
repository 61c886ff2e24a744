import { BotRefused } from '../bot/botFault';
import { writeEnrolment } from '../identity';
import { type AgentSettings, pathsOf } from '../settings';
import type { CliDeps } from './cliDeps';
import { CliFault, EXIT } from './cliFault';
import { fewTries, type OpenBot, openBot, proveIdentity } from './openBot';
import { untilAllowed } from './untilAllowed';

/**
 * Makes this machine an agent of the customer that the token belongs to. Safe to repeat: the same token
 * with the same key gives the same enrolment. A revoked agent comes back with a new key. `keep`: an
 * enrolment that works stays, even when there is a token. Without a token an enrolment that works is
 * enough.
 */
export async function enrol(
  config: string,
  settings: AgentSettings,
  deps: CliDeps,
  keep = false,
): Promise<void> {
  const bot = await openBot(config, settings, deps);
  try {
    if ((keep || deps.installToken === undefined) && (await isKnown(bot, deps))) return;
    const token = await readToken(deps);
    await enrolWith(token, bot, config, settings, deps).catch(async (error) => {
      // Somebody runs the line of an install again after its token was used.
      if (!(error instanceof BotRefused && error.code === 'token' && (await isKnown(bot, deps)))) throw error;
    });
  } finally {
    bot.close();
  }
}

/** Whether the bot knows this agent. Throws BotUnreachable, and refusals that have other reasons. */
async function isKnown(bot: OpenBot, deps: CliDeps): Promise<boolean> {
  if (!bot.enrolment) return false;
  try {
    const { customer } = await proveIdentity(bot, deps);
    deps.print(`This machine is enrolled as an agent of ${customer}.`);
    return true;
  } catch (error) {
    if (error instanceof BotRefused && (error.code === 'unauthorized' || error.code === 'revoked'))
      return false;
    throw error;
  }
}

async function enrolWith(
  token: string,
  bot: OpenBot,
  config: string,
  settings: AgentSettings,
  deps: CliDeps,
) {
  const { agentId, customer, fingerprint } = await askToEnrol(token, bot, deps).catch(async (error) => {
    if (!(error instanceof BotRefused && error.code === 'revoked')) throw error;
    return askWithNewKey(token, config, settings, deps);
  });
  const enrolment = { agentId, customer, server: settings.server };
  await writeEnrolment(pathsOf(config).enrolment, enrolment);
  deps.print(`Enrolled as an agent of ${customer}.`);
  deps.print(`The fingerprint of its key is ${fingerprint}. The card in Teams shows the same one.`);
}

async function askToEnrol(token: string, { client, fingerprint }: OpenBot, deps: CliDeps) {
  const machine = await deps.platform.machine();
  const answer = await untilAllowed(() => fewTries(() => client.enrol(token, machine), deps), deps);
  return { ...answer, fingerprint };
}

/** The key was revoked together with its agent and never counts again, so the agent makes a new one. */
async function askWithNewKey(token: string, config: string, settings: AgentSettings, deps: CliDeps) {
  await deps.platform.secretsIn(pathsOf(config).folder).remove('identityKey');
  const bot = await openBot(config, settings, deps);
  try {
    return await askToEnrol(token, bot, deps);
  } finally {
    bot.close();
  }
}

/** The form in which the bot makes tokens. The agent sends nothing else to the bot. */
const TOKEN = /^[\w.~-]{20,100}$/;

async function readToken({ installToken, readInput }: CliDeps): Promise<string> {
  const token = (installToken ?? (await readInput())).trim();
  if (TOKEN.test(token)) return token;
  throw new CliFault(
    EXIT.token,
    'An install token is needed. Make an install command in Teams (“install agent”) and set KEYTURN_INSTALL_TOKEN to its token.',
  );
}
