import { audited } from '../audit/recordAudit';
import { activeCustomer, changeCustomer } from '../customers/changeCustomer';
import type { Customer, Office365State } from '../customers/customer';
import { DuplicateKey, KeyturnError } from '../errors';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { SignIn } from './signIn';
import type { SignInDeps } from './signInAttempt';
import { NONE_OPEN, TAKEN } from './signInSentences';
import { CHECKS, type TenantConnection } from './tenantConnection';
import { placeRefusal, type TenantRefusal } from './tenantRefusal';

type ConnectDeps = Pick<SignInDeps, 'customers' | 'audit' | 'clock'>;
type Connected = { customer: Stored<Customer> } | TenantRefusal;

/**
 * Gives the customer the tenant that a verified sign-in proved, as `connecting`. Looks again at everything that may
 * have changed since the browser was seen; what refuses it is returned, not thrown. A repeat finds the first one's work.
 */
export async function connectTenant(
  deps: ConnectDeps,
  actor: Actor,
  signIn: Stored<SignIn>,
): Promise<Connected> {
  const { admin, customerId } = signIn.value;
  if (!admin) return { sentence: NONE_OPEN };
  const refusal = await placeRefusal(deps, customerId, admin.tenantId);
  if (refusal) return refusal;
  try {
    return { customer: await connect(deps, actor, signIn, admin) };
  } catch (error) {
    if (error instanceof DuplicateKey && error.key === 'tenantId')
      return (await placeRefusal(deps, customerId, admin.tenantId)) ?? { sentence: TAKEN };
    if (error instanceof KeyturnError && error.code === 'notFound') return { sentence: error.sentence };
    throw error;
  }
}

async function connect(
  deps: ConnectDeps,
  actor: Actor,
  signIn: Stored<SignIn>,
  admin: NonNullable<SignIn['admin']>,
): Promise<Stored<Customer>> {
  const customer = await activeCustomer(deps.customers, signIn.value.customerId);
  const repeated = isDone(customer.value, signIn.value) && customer;
  const entry = {
    action: 'tenant.connect',
    target: customer.value.name,
    customerId: signIn.value.customerId,
  } as const;
  const after = `tenant ${admin.tenantId}, consented by ${admin.username}`;
  return audited(deps, actor, signIn.id, { ...entry, after }, async () => ({
    result:
      repeated ||
      (await changeCustomer(deps, signIn.value.customerId, (current) =>
        connecting(current, signIn.value, admin),
      )),
  }));
}

/** Consent is dated by its attempt, so that a repeat can tell its own work. */
const isDone = ({ office365 }: Customer, { admin, createdAt }: SignIn): boolean =>
  'tenant' in office365 &&
  office365.tenant.tenantId === admin?.tenantId &&
  office365.tenant.consentedAt === createdAt;

/** How it syncs was chosen on what the tenant of then said: for any other tenant it has to be chosen anew. */
function connecting(customer: Customer, signIn: SignIn, admin: NonNullable<SignIn['admin']>): Customer {
  if (isDone(customer, signIn)) return customer;
  const { createdAt: consentedAt } = signIn;
  const known = 'tenant' in customer.office365 ? customer.office365.tenant : undefined;
  const same = known?.tenantId === admin.tenantId ? known : undefined;
  const { tenantId, ...consentedBy } = admin;
  const tenant: TenantConnection = {
    tenantId,
    displayName: same?.displayName ?? domainOf(admin.username),
    domains: same?.domains ?? [],
    consentedBy,
    consentedAt,
    checks: CHECKS.map((check) => ({ check, state: 'notRun', finding: 'Not tested yet.' })),
  };
  const { sync, ...rest } = customer;
  const office365: Office365State = { state: 'connecting', since: consentedAt, tenant };
  return { ...rest, ...(same && sync && { sync }), office365 };
}

const domainOf = (username: string): string => username.split('@').at(-1) ?? username;
