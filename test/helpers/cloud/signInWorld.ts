import { activeCustomer } from '../../../domain/customers/changeCustomer';
import type { Customer } from '../../../domain/customers/customer';
import { nameKeyOf } from '../../../domain/customers/customerName';
import { issueLink } from '../../../domain/links/issueLink';
import { hashOf } from '../../../domain/links/oneTime';
import { type Actor, permissionsOf, type Role } from '../../../domain/people/person';
import type { StaffDirectory, StaffMember } from '../../../domain/people/staffDirectory';
import type { Log, Stored } from '../../../domain/ports';
import type { SyncEvidence } from '../../../domain/sync/syncMode';
import { confirmTenant } from '../../../domain/tenants/confirmTenant';
import type { SignedInAdmin, SignInProvider, TenantDirectory } from '../../../domain/tenants/ports';
import { MicrosoftRefused, type RefusalMarks } from '../../../domain/tenants/refusals/microsoftRefused';
import type { SignInRefusal } from '../../../domain/tenants/refusals/refusalTable';
import { finishConsent, finishSignIn } from '../../../domain/tenants/signIn/finishSignIn';
import { openSignIn } from '../../../domain/tenants/signIn/openSignIn';
import type { SignInFacts } from '../../../domain/tenants/signIn/signInFacts';
import { signInLink } from '../../../domain/tenants/signIn/signInLink';
import type { CheckId, CheckOutcome } from '../../../domain/tenants/tenantConnection';
import { tenantQuestion } from '../../../domain/tenants/tenantQuestion';
import { verifySignIn } from '../../../domain/tenants/verifySignIn';
import { memoryStores, TestClock, TestRandom } from '../store/memoryStores';

export const OWN_TENANT_ID = '00000000-0000-4000-8000-00000000000f';
export const TENANT_ID = '00000000-0000-4000-8000-00000000000a';

/**
 * A Microsoft that one test controls: who signs in, what is consented to, what is refused. It really checks
 * PKCE and the nonce.
 */
export class FakeMicrosoft implements SignInProvider, TenantDirectory, StaffDirectory {
  /** The MSP's own directory; closed to Keyturn unless a test opens it. */
  staff?: StaffMember[];
  admin: SignedInAdmin = {
    tenantId: TENANT_ID,
    objectId: '00000000-0000-4000-8000-0000000000a1',
    name: 'Ada Admin',
    username: 'ada@contoso.example',
    isGlobalAdministrator: true,
  };
  refusal?: SignInRefusal;
  marks: RefusalMarks = {};
  consented = new Set<string>();
  outcomes: Partial<Record<CheckId, Partial<CheckOutcome>>> = {};
  checked: CheckId[] = [];
  onCheck: (check: CheckId) => Promise<void> = async () => undefined;
  forgotten: string[] = [];
  private asked = new Map<string, { nonce: string; challenge: string }>();

  authorizeUrl: SignInProvider['authorizeUrl'] = async ({ state, nonce, challenge, redirectUri }) => {
    this.asked.set(challenge, { nonce, challenge });
    return `https://login.test/authorize?${new URLSearchParams({ state, nonce, challenge, redirect_uri: redirectUri })}`;
  };

  redeem: SignInProvider['redeem'] = async ({ verifier, nonce }) => {
    if (this.refusal) throw new MicrosoftRefused(this.refusal, this.marks);
    if (this.asked.get(hashOf(verifier))?.nonce !== nonce) throw new MicrosoftRefused('codeUsed');
    return this.admin;
  };

  consentUrl: SignInProvider['consentUrl'] = async ({ tenantId, state, redirectUri }) =>
    `https://login.test/${tenantId}/adminconsent?${new URLSearchParams({ state, redirect_uri: redirectUri })}`;

  refused: SignInProvider['refused'] = ({ error }) =>
    new MicrosoftRefused(error === 'access_denied' ? 'declined' : 'other');
  hasConsent: TenantDirectory['hasConsent'] = async (tenantId) => {
    this.forgotten = this.forgotten.filter((other) => other !== tenantId);
    return this.consented.has(tenantId);
  };
  /** The token is younger than the consent, as in Microsoft's cloud. */
  describe: TenantDirectory['describe'] = async (tenantId) => {
    if (!this.forgotten.includes(tenantId)) throw new MicrosoftRefused('adminConsentNeeded');
    return { displayName: 'Contoso', domains: ['contoso.example'] };
  };

  check: TenantDirectory['check'] = async (_tenantId, check) => {
    this.checked.push(check);
    await this.onCheck(check);
    return { check, state: 'passed', finding: 'Fine.', ...this.outcomes[check] };
  };

  syncEvidence = async (): Promise<SyncEvidence> => ({ onPremisesSync: 'unknown', domains: [], readAt: 0 });
  lastPasswordSyncAt = async (): Promise<number | undefined> => undefined;
  passwordState: TenantDirectory['passwordState'] = async () => ({ found: false });
  /** Opens the MSP's own directory, with these people in it. */
  employs(...people: ({ id?: string; name: string } & Partial<StaffMember>)[]): void {
    this.staff = people.map(({ id: objectId = '', name, guest = false, blocked = false }) => ({
      ...{ objectId, name, guest, blocked },
    }));
  }
  find: StaffDirectory['find'] = async (sought) => {
    if (!this.staff) return 'closed';
    const address = 'address' in sought ? sought.address : '';
    return this.staff.find(
      ({ objectId, name }) =>
        `${name.toLowerCase()}@msp.example` === address ||
        ('objectId' in sought && objectId === sought.objectId),
    );
  };
  forget = (tenantId: string): void => {
    this.forgotten.push(tenantId);
  };
}

export const actor = (id: string, role: Role = 'technician'): Actor => ({
  id,
  name: id,
  permissions: permissionsOf([role]),
  conversationId: `conversation of ${id}`,
});

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A world with two customers, and two technicians' conversations. */
export async function signInWorld() {
  const clock = new TestClock();
  const stores = memoryStores(clock);
  const microsoft = new FakeMicrosoft();
  const deps = {
    stores,
    clock,
    random: new TestRandom(),
    log: silent,
    provider: microsoft,
    directory: microsoft,
    publicUrl: 'https://keyturn.test',
    ownTenantId: OWN_TENANT_ID,
    firstAdmins: ['tess', 'tom'],
  };
  await stores.customers.insert('contoso', customer('contoso', 'Contoso', clock.now()));
  await stores.customers.insert('fabrikam', customer('fabrikam', 'Fabrikam', clock.now()));
  return { clock, deps, microsoft, tess: actor('tess'), tom: actor('tom') };
}

export type SignInWorld = Awaited<ReturnType<typeof signInWorld>>;

const customer = (id: string, name: string, now: number): Customer => ({
  id,
  name,
  nameKey: nameKeyOf(name),
  status: 'active',
  activeDirectory: { state: 'notChosen' },
  office365: { state: 'chosen', since: now },
  createdAt: now,
  createdBy: { id: 'tess', name: 'tess' },
  createdByRequest: id,
  changedAt: now,
});

export const issue = (
  { deps, tess }: SignInWorld,
  more: Partial<Pick<SignInFacts, 'customerId' | 'ownTenantMeant'> & { conversationKey: string }> = {},
) =>
  issueLink(deps, signInLink, tess, {
    customerId: 'contoso',
    conversationKey: 'chat',
    ownTenantMeant: false,
    ...more,
  });

/** The `state` in a redirect. */
export const stateOf = (url: string): string => new URL(url).searchParams.get('state') ?? '';

/** Opens the link in a browser that has not opened it before. */
export async function open(world: SignInWorld, handle: string) {
  const { cookie, redirectTo } = await openSignIn(world.deps, { handle });
  return { cookie, state: stateOf(redirectTo), redirectTo };
}

/** Does everything up to the page that shows the code. */
export async function signInToCode(world: SignInWorld, more?: Parameters<typeof issue>[1]) {
  const { handle } = await issue(world, more);
  const { cookie, state } = await open(world, handle);
  const signedIn = await finishSignIn(world.deps, { query: { state, code: 'c' }, cookie });
  if (signedIn.outcome === 'code') return signedIn.code;
  const consented = await finishConsent(world.deps, {
    query: { state: stateOf(signedIn.redirectTo) },
    cookie,
  });
  return consented.outcome === 'code' ? consented.code : 'no code';
}

/** Types the code and confirms the tenant on the card, in spite of any doubt. */
export async function connectByCode(
  { deps, tess }: SignInWorld,
  {
    by = tess,
    ...request
  }: Omit<Parameters<typeof verifySignIn>[2], 'requestId'> & { by?: Actor; requestId?: string },
): Promise<Stored<Customer>> {
  const verified = await verifySignIn(deps, by, { requestId: request.code, ...request });
  if (verified.outcome === 'connecting') return verified.customer;
  if (verified.outcome !== 'proposed') throw new TypeError(verified.outcome);
  const { customerId, id: proposalId } = verified.proposal;
  const typedName = (await deps.stores.customers.get(customerId))?.value.name ?? '';
  const customer = await activeCustomer(deps.stores.customers, customerId);
  const proposal = await deps.stores.tenantProposals.get(customerId);
  const { seen } = proposal ? await tenantQuestion(deps, customer, proposal.value) : { seen: '' };
  return confirmTenant(deps, by, { customerId, proposalId, typedName, seen }, async () => undefined);
}
