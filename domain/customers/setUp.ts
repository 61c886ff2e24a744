import { syncToBeChosen } from '../sync/syncToBeChosen';
import { hasFailedChecks, office365Label } from '../tenants/office365Label';
import type { CheckOutcome } from '../tenants/tenantConnection';
import type { Customer } from './customer';

export const SET_UP_STEPS = ['name', 'microsoft365', 'sync', 'agent', 'alerts'] as const;
export type SetUpStepId = (typeof SET_UP_STEPS)[number];

/**
 * `working`: Keyturn is at it. `failed`: it was begun and does not work. `upcoming`: an earlier step decides.
 * `optional`: this customer seems not to need it.
 */
type SetUpState = 'done' | 'open' | 'working' | 'failed' | 'upcoming' | 'optional';

export interface SetUpStep {
  id: SetUpStepId;
  state: SetUpState;
}

/** What the records say of one customer's set-up. The steps are computed of it and stored nowhere. */
export interface SetUpRecords {
  customer: Customer;
  /** Passwords live in both of its directories. */
  hybrid: boolean;
  /** The conversation that asks gets this customer's alerts. */
  alerts: boolean;
}

/** How far setting up a customer is, in the order in which a technician goes. */
export function stepsOf({ customer, hybrid, alerts }: SetUpRecords): SetUpStep[] {
  const microsoft365 = microsoft365State(customer);
  const all: SetUpStep[] = [
    { id: 'name', state: 'done' },
    { id: 'microsoft365', state: microsoft365 },
    { id: 'sync', state: syncState(customer, microsoft365) },
    { id: 'agent', state: agentState(customer, hybrid) },
    { id: 'alerts', state: alerts ? 'done' : 'open' },
  ];
  return all.filter(({ id }) => id !== 'sync' || hybrid || customer.sync !== undefined);
}

/** The step behind this one that is not done either; undefined when it is the last. */
export function stepBehind(steps: readonly SetUpStep[], id: SetUpStepId): SetUpStepId | undefined {
  const from = steps.findIndex((step) => step.id === id);
  return steps.slice(from + 1).find(({ state }) => state !== 'done' && state !== 'upcoming')?.id;
}

/** The step that comes next; undefined when nothing is left to do. */
export const nextStep = (steps: readonly SetUpStep[]): SetUpStepId | undefined =>
  steps.find(({ state }) => state === 'open' || state === 'failed' || state === 'working')?.id;

function microsoft365State({ office365, activeDirectory }: Customer): SetUpState {
  switch (office365Label(office365).tag) {
    case 'connected':
      return 'done';
    case 'consentLost':
      return 'failed';
    case 'connectedBut':
      return hasFailedChecks(office365) ? 'failed' : 'done';
    case 'connecting':
      return 'tenant' in office365 && office365.tenant.checkedAt === undefined ? 'working' : 'failed';
    case 'notConnected':
      return office365.state === 'notChosen' && activeDirectory.state !== 'notChosen' ? 'optional' : 'open';
  }
}

function syncState({ sync }: Customer, microsoft365: SetUpState): SetUpState {
  if (sync) return 'done';
  return microsoft365 === 'done' ? 'open' : 'upcoming';
}

function agentState({ activeDirectory, office365 }: Customer, hybrid: boolean): SetUpState {
  switch (activeDirectory.state) {
    case 'online':
      return 'done';
    case 'offline':
      return 'failed';
    case 'waiting':
      return 'open';
    case 'notChosen':
      return office365.state === 'notChosen' || hybrid ? 'open' : 'optional';
  }
}

/**
 * Whether passwords live in two directories: both are wanted, or the tenant says that it is synced. Microsoft
 * is asked only when the customer's own record leaves it open.
 */
export async function isHybrid(
  deps: Parameters<typeof syncToBeChosen>[0],
  customer: Customer,
): Promise<boolean> {
  const { activeDirectory, office365, sync } = customer;
  if (sync) return true;
  if (activeDirectory.state !== 'notChosen') return office365.state !== 'notChosen';
  return office365.state === 'connected' && (await syncToBeChosen(deps, customer));
}

/** The checks that are done of a connection that is being tested. */
export const checksDone = ({ office365 }: Customer): CheckOutcome[] =>
  'tenant' in office365 ? office365.tenant.checks.filter(({ state }) => state !== 'notRun') : [];
