import { notFound } from '../../errors';
import { usedLink } from '../../links/openLink';
import { type OwnerDeps, ownerOf } from '../../links/useLink';
import type { Needs } from '../../stores/core';
import type { ServerRole } from '../agent';
import { installLink } from './installLink';

export type EnrolledDeps = OwnerDeps & Needs<'installTokens' | 'agents'>;

/** An agent that enrolled with a command of a page. */
interface Enrolled {
  name: string;
  at: number;
}

/**
 * The agents that enrolled with the commands of this link, for the person who asked for it. Throws notFound
 * for a link without commands or past its time, notAllowed when that person has lost the role.
 */
export async function enrolledBy(
  deps: EnrolledDeps,
  handle: string,
): Promise<Record<ServerRole, Enrolled | undefined>> {
  const { value } = await usedLink(deps, installLink, handle);
  await ownerOf(deps, installLink, value);
  const { tokens } = value.facts;
  if (!tokens) throw notFound(installLink.words.notOpen);
  const [domainController, otherServer] = await Promise.all([
    enrolledWith(deps, tokens.domainController),
    enrolledWith(deps, tokens.otherServer),
  ]);
  return { domainController, otherServer };
}

async function enrolledWith(
  { stores: { installTokens, agents } }: Needs<'installTokens' | 'agents'>,
  tokenId: string,
): Promise<Enrolled | undefined> {
  const token = (await installTokens.get(tokenId))?.value;
  if (!token?.used) return undefined;
  const agent = await agents.find('machine', `${token.customerId}|${token.used.machineId}`);
  return agent && { name: agent.value.machine.name, at: token.used.at };
}
