import type { Again } from '../../jobs/jobRun';
import type { Needs } from '../../stores/core';

/**
 * The telling is stored before the agent is: the agent may take a moment, or the program has to come again.
 */
const PAUSE_MS = 3_000;
const LOOKS = 600;

/**
 * The enrolment with this install command, when the agent is stored; else when to look again. Undefined when
 * there is nothing to tell: the customer is gone, or the agent did not come.
 */
export async function enrolmentToTell(
  { stores: { customers, audit } }: Needs<'customers' | 'audit'>,
  { tokenId, customerId }: { tokenId: string; customerId: string },
  looks: number,
): Promise<{ customer: string; again: boolean } | Again | undefined> {
  const customer = (await customers.get(customerId))?.value;
  if (customer?.status !== 'active') return undefined;
  const enrolled = (await audit.get(`enrol:${tokenId}:agent.enrol`))?.value;
  if (enrolled?.outcome === 'done')
    return { customer: customer.name, again: enrolled.after === 'installed again' };
  return looks < LOOKS ? { againInMs: PAUSE_MS } : undefined;
}
