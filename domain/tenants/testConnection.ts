import { activeCustomer } from '../customers/changeCustomer';
import type { Customer } from '../customers/customer';
import { KeyturnError } from '../errors';
import type { Again, JobRun } from '../jobs/jobRun';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Needs } from '../stores/core';
import { syncToBeChosen } from '../sync/syncToBeChosen';
import { consentOnItsWay } from './consentOnItsWay';
import { type ChecksDeps, runChecks } from './runChecks';
import type { CheckOutcome } from './tenantConnection';

interface Following {
  /** Called with the checks that are done, before the first one and after each. */
  running(customer: Customer, done: CheckOutcome[]): Promise<void>;
  /** Called with the customer after the tests. */
  tested(customer: Customer): Promise<void>;
  /** Called with the reason, when the tests cannot go on. */
  stopped(sentence: string): Promise<void>;
}

interface Request {
  customerId: string;
  /** Looks whether a person has to say how the customer's two directories go together. */
  thenSync: boolean;
}

const FAULT = 'Something went wrong. Open the customer and test again.';

/**
 * Tests a connection for a person who waits. Answers what comes next: the tests again, the choice of this
 * customer's sync, or nothing. Throws what is not known, after `stopped` when no run follows.
 */
export async function testConnection(
  deps: ChecksDeps & Needs<never, 'log'>,
  actor: Actor,
  { customerId, thenSync }: Request,
  job: Pick<JobRun, 'id' | 'attempts' | 'last'>,
  following: Following,
): Promise<Again | { chooseSync: Customer } | undefined> {
  permit(actor, 'tenants.connect');
  const customer = await tested(deps, actor, customerId, job, following);
  if (!customer || !thenSync) return undefined;
  const again = consentOnItsWay(customer, job.attempts);
  if (again) return again;
  return (await syncToBeChosen(deps, customer)) ? { chooseSync: customer } : undefined;
}

async function tested(
  deps: ChecksDeps & Needs<never, 'log'>,
  actor: Actor,
  customerId: string,
  { id, attempts, last }: Pick<JobRun, 'id' | 'attempts' | 'last'>,
  following: Following,
): Promise<Customer | undefined> {
  try {
    const before = (await activeCustomer(deps.stores.customers, customerId)).value;
    await following.running(before, []);
    const request = { customerId, requestId: `${id}:${attempts}` };
    const { value } = await runChecks(deps, actor, request, (done) => following.running(before, done));
    await following.tested(value);
    return value;
  } catch (error) {
    if (!(error instanceof KeyturnError)) {
      if (last) await following.stopped(FAULT);
      throw error;
    }
    await following.stopped(error.sentence);
    deps.log.info({ customerId, code: error.code }, 'a connection was not tested to the end');
    return undefined;
  }
}
