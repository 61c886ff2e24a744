import type { Customer } from '../customers/customer';
import type { Again } from '../jobs/jobRun';
import type { CheckOutcome } from './tenantConnection';

const PAUSE_MS = 10_000;
const PAUSES = 4;

/** Microsoft may need some seconds to spread a new consent: the first tests then run again by themselves. */
export const consentOnItsWay = ({ office365 }: Customer, attempts: number): Again | undefined =>
  attempts < PAUSES && 'tenant' in office365 && office365.tenant.checks.some(maySpread)
    ? { againInMs: PAUSE_MS }
    : undefined;

const maySpread = ({ check, state, consentLost }: CheckOutcome): boolean =>
  (check === 'token' && consentLost === true) || (check === 'permissions' && state === 'failed');
