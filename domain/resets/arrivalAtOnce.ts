import type { Customer } from '../customers/customer';
import type { Arrival } from '../events/customerEvent';
import type { Needs } from '../stores/core';
import { connectStates, STAGING, standsBy } from './connectStates';

type Deps = Needs<'agents'>;

/**
 * What is known of a reset's way to Microsoft 365 at once, without asking Microsoft; the proof of arrival
 * finds the rest.
 */
export async function arrivalAtOnce(
  deps: Deps,
  { id, value: { office365, sync } }: { id: string; value: Customer },
): Promise<Arrival> {
  if (office365.state !== 'connected')
    return notTracked('Microsoft 365 is not connected. Connect it to see whether passwords arrive there.');
  if (office365.tenant.consentLostAt)
    return notTracked(
      'Keyturn’s consent in the customer’s tenant was withdrawn. Connect Microsoft 365 again.',
    );
  if (sync?.mode === 'singleSource')
    return notTracked('Passwords of this customer do not go from Active Directory to Microsoft 365.');
  const isStopped = standsBy(await connectStates(deps, id));
  return { state: 'checking', ...(isStopped && { finding: STAGING, foretold: true }) };
}

const notTracked = (finding: string): Arrival => ({ state: 'notTracked', finding });
