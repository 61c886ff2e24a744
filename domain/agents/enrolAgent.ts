import type { z } from 'zod';
import type { enrolRequest } from '../agentProtocol/messages';
import { ENROL_KID } from '../agentProtocol/signature';
import { audited } from '../audit/recordAudit';
import type { Customer } from '../customers/customer';
import { DuplicateKey, VersionConflict } from '../errors';
import { actorOf } from '../people/people';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import { hashOf } from '../tenants/oneTime';
import type { Agent, InstallToken } from './agent';
import type { AgentDeps } from './agentDeps';
import { AgentRefusal, revoked, tryLaterAgent, unauthorized } from './agentRefusal';
import { checkClaims } from './checkClaims';
import type { SignedRequest } from './ports';
import { settleActiveDirectory } from './settleActiveDirectory';

export type Enrolment = z.output<typeof enrolRequest>;

type Deps = Pick<
  AgentDeps,
  | 'agents'
  | 'customers'
  | 'people'
  | 'firstAdmins'
  | 'installTokens'
  | 'audit'
  | 'clock'
  | 'random'
  | 'signatures'
  | 'unknownTokenLimit'
  | 'publicUrl'
>;

const TRIES = 5;

/**
 * Makes an agent of who brings a token that was issued, and signed with the key it brings. The same machine at the same customer keeps
 * its agent's id and place in its queue, with the new key. First the token is bound to machine and key, then the agent is written: whoever
 * falls between the two comes again with the same token and key and finds the rest to be done; nobody else can. A
 * revoked agent's machine comes back with a new key and a token that was issued after the revocation alone. Throws AgentRefusal.
 */
export async function enrolAgent(
  deps: Deps,
  signed: SignedRequest,
  enrolment: Enrolment,
): Promise<{ agentId: string; customer: string }> {
  const { address } = signed;
  await checkPossession(deps, signed, enrolment);
  const token = await validToken(deps, enrolment);
  const customer = await deps.customers.get(token.value.customerId);
  if (customer?.value.status !== 'active') throw refusedToken('customer removed');
  await checkIssuer(deps, token.value);
  const claimed = await claim(deps, token, enrolment);
  const entry = { action: 'agent.enrol', target: enrolment.machine.name, customerId: customer.id } as const;
  const agent = await audited(deps, issuerOf(claimed.value), `enrol:${token.id}`, entry, async () => {
    const { known, agent: result } = await write(deps, claimed, { ...enrolment, address }, TRIES);
    return { result, entry: { after: known ? 'installed again' : 'installed' } };
  });
  await settleActiveDirectory(deps, customer.id);
  return { agentId: agent.id, customer: nameOf(customer) };
}

const nameOf = ({ value }: Stored<Customer>) => value.name;

async function checkPossession(deps: Deps, signed: SignedRequest, { publicKey }: Enrolment): Promise<void> {
  if (deps.signatures.signerOf(signed.authorization) !== ENROL_KID) throw unauthorized('not an enrolment');
  const claims = await deps.signatures.read(signed.authorization, publicKey);
  if (!claims) throw unauthorized('signature');
  checkClaims(claims, signed, { publicUrl: deps.publicUrl, now: deps.clock.now() });
}

const refusedToken = (why: string) =>
  new AgentRefusal(
    'token',
    'This install token is unknown, used or too old. Ask for a new install line in the chat.',
    { why },
  );

/** One that was issued is never held up by others that were guessed: those are counted after the look. */
async function validToken(deps: Deps, enrolment: Enrolment): Promise<Stored<InstallToken>> {
  const token = await deps.installTokens.get(hashOf(enrolment.token));
  if (!token) {
    const retryAfterSeconds = deps.unknownTokenLimit('all');
    if (retryAfterSeconds)
      throw new AgentRefusal('tooMany', 'Too many unknown install tokens. Try again later.', {
        retryAfterSeconds,
      });
    throw refusedToken('unknown token');
  }
  return token;
}

/** A token dies with the role of the person who asked for it. */
async function checkIssuer(deps: Deps, { issuedBy, conversationId }: InstallToken): Promise<void> {
  const issuer = await actorOf(deps, { ...issuedBy, conversationId });
  if (issuer?.permissions.has('agents.manage')) return;
  throw new AgentRefusal(
    'token',
    'The person who made this install command may not install agents any more. Ask another one for a new command.',
    { why: 'issuer without the role' },
  );
}

/** Binds the token, or finds it bound to the same machine and key. */
async function claim(
  deps: Deps,
  token: Stored<InstallToken>,
  enrolment: Enrolment,
): Promise<Stored<InstallToken>> {
  const mine = { machineId: enrolment.machine.id, key: enrolment.publicKey.x };
  const { used } = token.value;
  if (used) {
    if (used.machineId === mine.machineId && used.key === mine.key) return token;
    throw refusedToken('used token');
  }
  await checkRevoked(deps, token.value, enrolment);
  try {
    return await deps.installTokens.replace(token, {
      ...token.value,
      used: { ...mine, at: deps.clock.now() },
    });
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
    const now = await deps.installTokens.get(token.id);
    if (!now?.value.used) throw refusedToken('ended token');
    return claim(deps, now, enrolment);
  }
}

const ofMachine = ({ agents }: Deps, { customerId }: InstallToken, { machine }: Enrolment) =>
  agents.find('machine', `${customerId}|${machine.id}`);

/** Before the token is bound, so that it is still good for the same machine with a new key. */
async function checkRevoked(deps: Deps, token: InstallToken, enrolment: Enrolment): Promise<void> {
  const known = await ofMachine(deps, token, enrolment);
  if (known) checkComesBack(known.value, token);
  const where = { customerId: token.customerId, state: 'revoked' } as const;
  const { items } = await deps.agents.list({ where, limit: 1000 });
  if (items.some(({ value }) => value.publicKey.x === enrolment.publicKey.x)) throw revoked('revoked key');
}

/** Of what was revoked neither key nor tokens count any more: whoever has them is not let in by them. */
function checkComesBack({ revoked: ended }: Agent, { issuedAt }: InstallToken): void {
  if (ended && ended.at >= issuedAt) throw refusedToken('revoked after the token was issued');
}

/** Writes the agent of a bound token, once. */
async function write(
  deps: Deps,
  token: Stored<InstallToken>,
  enrolment: Enrolment & Pick<SignedRequest, 'address'>,
  tries: number,
): Promise<{ agent: Stored<Agent>; known: boolean }> {
  const known = await ofMachine(deps, token.value, enrolment);
  const fresh = newAgent(deps, token, enrolment);
  if (known?.value.enrolledWith === token.id) return { agent: checkNotRevoked(known), known: false };
  if (known) checkLatest(known.value, token.value);
  try {
    const agent = known
      ? await deps.agents.replace(known, again(known.value, fresh))
      : await deps.agents.insert(deps.random.id(), fresh);
    return { agent, known: known !== undefined };
  } catch (error) {
    if (!(error instanceof VersionConflict || error instanceof DuplicateKey)) throw error;
    if (tries <= 1) throw tryLaterAgent('enrolled at the same moment', error);
    return write(deps, token, enrolment, tries - 1);
  }
}

/** Asked again after somebody revoked what it made: that stays. */
function checkNotRevoked(agent: Stored<Agent>): Stored<Agent> {
  if (agent.value.state === 'revoked') throw refusedToken('revoked since');
  return agent;
}

/** What came between the binding of the token and now counts more. */
function checkLatest(known: Agent, token: InstallToken): void {
  checkComesBack(known, token);
  if (token.used && known.enrolledAt > token.used.at) throw refusedToken('enrolled anew since');
}

function newAgent(
  { clock }: Deps,
  { id, value }: Stored<InstallToken>,
  { address, ...enrolment }: Enrolment & Pick<SignedRequest, 'address'>,
): Agent {
  const now = clock.now();
  return {
    customerId: value.customerId,
    machine: enrolment.machine,
    publicKey: enrolment.publicKey,
    version: enrolment.version,
    enrolledAt: now,
    enrolledBy: value.issuedBy,
    enrolledWith: id,
    ...(value.place && { place: value.place }),
    ...(address && { address }),
    state: 'online',
    stateSince: now,
    lastBeatAt: now,
    skewMs: 0,
    waiting: { events: 0 },
  };
}

/** Its queue goes on where it was; one that was offline is back with its first beat, and told to be. */
function again(known: Agent, fresh: Agent): Agent {
  const { stream, outbox, state, stateSince, lastBeatAt } = known;
  const kept = { ...fresh, ...(stream && { stream }), ...(outbox && { outbox }) };
  return state === 'offline' ? { ...kept, state, stateSince, lastBeatAt } : kept;
}

const issuerOf = ({ issuedBy, conversationId }: InstallToken): Actor => ({
  ...issuedBy,
  permissions: new Set(),
  conversationId,
});
