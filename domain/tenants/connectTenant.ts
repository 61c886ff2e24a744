import { audited } from '../audit/recordAudit';
import { activeCustomer, changeCustomer } from '../customers/changeCustomer';
import type { Customer, Office365State } from '../customers/customer';
import { DuplicateKey, KeyturnError } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { ownerRefusal, type TenantRefusal } from './refusals/tenantRefusal';
import { TAKEN } from './signIn/signInSentences';
import { CHECKS, type TenantConnection } from './tenantConnection';
import type { TenantProposal } from './tenantProposal';

type ConnectDeps = Needs<'customers' | 'deliveries' | 'audit', 'clock'>;
export type Connected = { customer: Stored<Customer> };

/** A consent that may count: a confirmed one, or one for the tenant that the customer has already. */
type Consent = Pick<TenantProposal, 'id' | 'customerId' | 'admin' | 'consentedAt' | 'described'>;

/**
 * Gives the customer the tenant, as `connecting`. Checks again everything that may have changed since the
 * question was asked; returns a refusal and does not throw it. A repeat finds the work of the first request.
 */
export async function connectTenant(
  deps: ConnectDeps,
  actor: Actor,
  consent: Consent,
): Promise<Connected | TenantRefusal> {
  permit(actor, 'tenants.connect');
  const { admin, customerId } = consent;
  const refusal = await ownerRefusal(deps, customerId, admin.tenantId);
  if (refusal) return refusal;
  try {
    return { customer: await connect(deps, actor, consent) };
  } catch (error) {
    if (error instanceof DuplicateKey && error.key === 'tenantId')
      return (await ownerRefusal(deps, customerId, admin.tenantId)) ?? { sentence: TAKEN };
    if (error instanceof KeyturnError && error.code === 'notFound') return { sentence: error.sentence };
    throw error;
  }
}

async function connect(deps: ConnectDeps, actor: Actor, consent: Consent): Promise<Stored<Customer>> {
  const { admin, customerId } = consent;
  const customer = await activeCustomer(deps.stores.customers, customerId);
  const repeated = isDone(customer.value, consent) && customer;
  const entry = { action: 'tenant.connect', target: customer.value.name, customerId } as const;
  const after = `tenant ${admin.tenantId}, consented by ${admin.username}`;
  const work = async () =>
    repeated || changeCustomer(deps, customerId, (current) => connecting(current, consent));
  return audited(deps, actor, consent.id, { ...entry, after }, work);
}

/** The attempt dates the consent, so that a repeat can tell its own work. */
const isDone = ({ office365 }: Customer, { admin, consentedAt }: Consent): boolean =>
  'tenant' in office365 &&
  office365.tenant.tenantId === admin.tenantId &&
  office365.tenant.consentedAt === consentedAt;

/** A person chose the sync mode by what the old tenant said: for any other tenant they choose again. */
function connecting(customer: Customer, consent: Consent): Customer {
  if (isDone(customer, consent)) return customer;
  const { admin, consentedAt, described } = consent;
  const known = 'tenant' in customer.office365 ? customer.office365.tenant : undefined;
  const same = known?.tenantId === admin.tenantId ? known : undefined;
  const { tenantId, ...consentedBy } = admin;
  const tenant: TenantConnection = {
    tenantId,
    displayName: described?.displayName ?? same?.displayName ?? domainOf(admin.username),
    domains: described?.domains ?? same?.domains ?? [],
    consentedBy,
    consentedAt,
    checks: CHECKS.map((check) => ({ check, state: 'notRun', finding: 'Not tested yet.' })),
  };
  const { sync, ...rest } = customer;
  const office365: Office365State = { state: 'connecting', since: consentedAt, tenant };
  return { ...rest, ...(same && sync && { sync }), office365 };
}

const domainOf = (username: string): string => username.split('@').at(-1) ?? username;
