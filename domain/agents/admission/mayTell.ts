import type { Stored } from '../../ports';
import type { Nearness } from '../../resets/telling';
import type { Agent } from '../agent';
import { agentsServed } from '../agentsServed';

/**
 * Whether the resets and users that this agent tells count. They do not when its install command was made for
 * another server.
 */
export const mayTellDirectory = ({ place }: Pick<Agent, 'place'>): boolean => place !== 'otherServer';

/**
 * How near an agent is to the directory that it tells about. 2: it was installed with the command for a
 * domain controller and runs on the one that it reads. 1: it was installed with that command and reads a
 * domain controller from elsewhere. 0: it was enrolled before install commands named a server role, or with
 * the command for another server.
 */
export function nearness({ place, machine, health }: Pick<Agent, 'place' | 'machine' | 'health'>): Nearness {
  if (place !== 'domainController') return 0;
  const controller = health?.directory.domainController?.split('.')[0]?.toLowerCase();
  return controller === machine.name.toLowerCase() ? 2 : 1;
}

/**
 * Ids of this customer's agents that are nearer to the directory than this one. What they told stays until
 * they are revoked.
 */
export async function nearerThan(
  deps: Parameters<typeof agentsServed>[0],
  { id, value }: Stored<Agent>,
): Promise<ReadonlySet<string>> {
  const own = nearness(value);
  if (own === 2) return new Set();
  const served = await agentsServed(deps, value.customerId);
  return new Set(
    served.filter((other) => other.id !== id && nearness(other.value) > own).map((other) => other.id),
  );
}
