import { type CodePolicy, newCode, verifyCode } from '../../../domain/links/code';
import { issueLink } from '../../../domain/links/issueLink';
import { linkKinds } from '../../../domain/links/linkKinds';
import type { LinkKind, LinkPolicy } from '../../../domain/links/linkPolicy';
import type { LinkFacts } from '../../../domain/links/oneTimeLink';
import { openLink } from '../../../domain/links/openLink';
import { openForOwner } from '../../../domain/links/useLink';
import { CUSTOMER } from '../../helpers/bot/busyWorld';
import { actor } from '../../helpers/cloud/signInWorld';
import { samples } from '../../helpers/store/storeSamples';
import { integrationsWorld } from '../../helpers/vendors/integrationsWorld';

type Name = keyof typeof linkKinds;
const ASKS: { [Each in Name]: Parameters<(typeof linkKinds)[Each]['prepare']>[1] } = {
  signIn: { customerId: CUSTOMER, ownTenantMeant: false },
  keyEntry: { account: { kind: 'itglue', address: 'eu' } },
  installAgent: { customerId: CUSTOMER },
  importList: { runId: 'run' },
};
const NAMES = Object.keys(linkKinds) as Name[];
const policyOf = (name: Name): LinkPolicy => linkKinds[name];
const CODES = NAMES.filter((name) => policyOf(name).code);

let world: ReturnType<typeof integrationsWorld>;
beforeEach(async () => {
  world = integrationsWorld();
  await world.deps.stores.customers.insert(CUSTOMER, samples.customers.make(1));
  const expiresAt = world.clock.now() + 3_600_000;
  await world.deps.stores.importRuns.insert('run', {
    ...samples.importRuns.make(1),
    state: 'done',
    expiresAt,
  });
});

const issued = async (name: Name, by = world.ada) => {
  const kind = linkKinds[name] as LinkKind<never, LinkFacts, typeof world.deps>;
  return (await issueLink(world.deps, kind, by, { ...ASKS[name], conversationKey: 'chat' } as never)).handle;
};

test('each kind has its own name and page, and lives at most ten minutes', () => {
  expect(NAMES.map((name) => policyOf(name).kind)).toEqual(NAMES);
  expect(new Set(NAMES.map((name) => policyOf(name).path)).size).toBe(NAMES.length);
  for (const name of NAMES) expect(policyOf(name).lifeMs).toBeLessThanOrEqual(600_000);
});

test('only one kind opens without the MSP’s own sign-in: the one for people of customers', () => {
  expect(NAMES.filter((name) => policyOf(name).bindsBrowser === 'first')).toEqual(['signIn']);
});

describe.each(NAMES)('%s', (name) => {
  test('opens only for its own page', async () => {
    const handle = await issued(name);
    for (const other of NAMES) {
      const opened = openLink(world.deps, policyOf(other), handle);
      if (other === name) await expect(opened).resolves.toMatchObject({ value: { kind: name } });
      else await expect(opened).rejects.toMatchObject({ code: 'notFound' });
    }
  });

  test('is not made without the permission, and does not open when its owner has lost it', async () => {
    const nobody = actor('abe', 'approver');
    await expect(issued(name, nobody)).rejects.toMatchObject({ code: 'notAllowed' });
    const handle = await issued(name);
    const deps = { ...world.deps, firstAdmins: [world.ada.id] };
    expect((await openForOwner(deps, policyOf(name), handle)).owner.id).toBe(world.ada.id);
    const lost = openForOwner({ ...deps, firstAdmins: [] }, policyOf(name), handle);
    await expect(lost).rejects.toMatchObject({
      code: 'notAllowed',
      sentence: expect.stringContaining('made for somebody who may not'),
    });
  });

  test('does not open when it is too old', async () => {
    const handle = await issued(name);
    world.clock.advance(policyOf(name).lifeMs);
    await expect(openLink(world.deps, policyOf(name), handle)).rejects.toMatchObject({ code: 'notFound' });
  });
});

test.each(CODES)('the code of %s is right only for its own kind', async (name) => {
  const handle = await issued(name);
  const code = await newCode(world.deps, await openLink(world.deps, policyOf(name), handle));
  const request = { conversationKey: 'chat', code, requestId: 'r' };
  for (const other of [...CODES].sort((a, b) => Number(a === name) - Number(b === name))) {
    const policy = policyOf(other) as CodePolicy<LinkFacts>;
    const right = async () => ({ outcome: 'right' });
    expect(await verifyCode(world.deps, policy, world.ada, request, { right })).toMatchObject({
      outcome: other === name ? 'right' : 'ended',
    });
  }
});
