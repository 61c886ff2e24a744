import { type AuditDeps, audited } from '../audit/recordAudit';
import { activeCustomer, changeCustomer } from '../customers/changeCustomer';
import type { Customer, Office365State } from '../customers/customer';
import { conflict, invalidInput } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import { beginSchedule } from '../schedules/beginSchedule';
import { tenantWatch } from '../schedules/kinds/tenantWatch';
import type { Needs } from '../stores/core';
import { office365Label } from './office365Label';
import type { TenantDirectory } from './ports';
import { MicrosoftRefused } from './refusals/microsoftRefused';
import { CHECKS, type CheckId, type CheckOutcome, type TenantConnection } from './tenantConnection';

export type ChecksDeps = AuditDeps &
  Needs<'customers' | 'deliveries' | 'schedules'> & {
    directory: TenantDirectory;
  };

/** Called after each check, with the outcomes so far, in the order of CHECKS. */
export type OnProgress = (done: CheckOutcome[]) => void | Promise<void>;

/**
 * Tests a customer's tenant and keeps each outcome at once. The customer is `connected` only when the
 * tenant answered as itself; the outcomes show what else is missing. Safe to run again after it was cut
 * off. Give every run its own `requestId`. Throws notAllowed, notFound, invalidInput (no tenant), conflict
 * (tenant changed meanwhile).
 */
export async function runChecks(
  deps: ChecksDeps,
  actor: Actor,
  request: { customerId: string; requestId: string },
  onProgress: OnProgress,
): Promise<Stored<Customer>> {
  permit(actor, 'tenants.connect');
  const customer = await activeCustomer(deps.stores.customers, request.customerId);
  const { tenantId } = tenantOf(customer.value);
  const entry = { action: 'tenant.test', target: customer.value.name, customerId: customer.id } as const;
  const work = async () => {
    deps.directory.forget(tenantId);
    const done = await eachCheck(deps, customer.id, tenantId, onProgress);
    return settle(deps, customer.id, tenantId, done);
  };
  const after = ({ value }: Stored<Customer>) => ({ after: office365Label(value.office365).text });
  return audited(deps, actor, request.requestId, entry, work, after);
}

async function eachCheck(
  deps: ChecksDeps,
  customerId: string,
  tenantId: string,
  onProgress: OnProgress,
): Promise<CheckOutcome[]> {
  const done: CheckOutcome[] = [];
  for (const check of CHECKS) {
    const unreachable = done[0]?.state === 'failed';
    const outcome = unreachable ? notRun(check) : await deps.directory.check(tenantId, check);
    done.push(outcome);
    await changeTenant(deps, customerId, tenantId, (office365) => withOutcome(office365, outcome));
    await onProgress([...done]);
  }
  return done;
}

const notRun = (check: CheckId): CheckOutcome => ({
  check,
  state: 'notRun',
  finding: 'Not tested, because Keyturn cannot sign in to the tenant.',
});

type WithTenant = Extract<Office365State, { tenant: TenantConnection }>;

const withOutcome = (office365: WithTenant, outcome: CheckOutcome): WithTenant => {
  const { tenant } = office365;
  const checks = tenant.checks.map((known) => (known.check === outcome.check ? outcome : known));
  return { ...office365, tenant: { ...tenant, checks } };
};

async function settle(deps: ChecksDeps, customerId: string, tenantId: string, done: CheckOutcome[]) {
  const proved = done.every(
    ({ check, state }) => state === 'passed' || (check !== 'token' && check !== 'organization'),
  );
  const described = proved ? await describe(deps.directory, tenantId) : {};
  const now = deps.clock.now();
  if (proved) await beginSchedule(deps, tenantWatch, { id: customerId, customerId });
  return changeTenant(deps, customerId, tenantId, (office365) => {
    const { consentLostAt, ...known } = office365.tenant;
    const tenant: TenantConnection = { ...known, ...described, checks: done, checkedAt: now };
    if (proved)
      return office365.state === 'connected'
        ? { ...office365, tenant }
        : { state: 'connected', since: now, tenant };
    const lost = office365.state === 'connected' && done.some((outcome) => outcome.consentLost);
    const lostAt = consentLostAt ?? (lost ? now : undefined);
    return { ...office365, tenant: lostAt === undefined ? tenant : { ...tenant, consentLostAt: lostAt } };
  });
}

/** Today's name and domains of the tenant; the known ones stay when Microsoft does not tell them now. */
async function describe(directory: TenantDirectory, tenantId: string) {
  try {
    return await directory.describe(tenantId);
  } catch (error) {
    if (error instanceof MicrosoftRefused) return {};
    throw error;
  }
}

function changeTenant(
  deps: ChecksDeps,
  customerId: string,
  tenantId: string,
  change: (office365: WithTenant) => WithTenant,
): Promise<Stored<Customer>> {
  return changeCustomer(deps, customerId, (customer) => {
    if (!('tenant' in customer.office365) || customer.office365.tenant.tenantId !== tenantId)
      throw conflict(
        'The tenant was disconnected or changed while it was being tested. Look at the customer again.',
      );
    return { ...customer, office365: change(customer.office365) };
  });
}

/** The tenant of a customer that has one. Throws invalidInput. */
export function tenantOf(customer: Customer): TenantConnection {
  if ('tenant' in customer.office365) return customer.office365.tenant;
  throw invalidInput(`${customer.name} has no Microsoft 365 tenant yet. Connect it first.`);
}
