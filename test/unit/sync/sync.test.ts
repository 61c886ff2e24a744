import { asksForSync, chooseSync } from '../../../domain/sync/chooseSync';
import { againstEvidence, proposeSyncMode } from '../../../domain/sync/proposeSyncMode';
import { SYNC_MODES, type SyncEvidence, type SyncMode } from '../../../domain/sync/syncMode';
import { SYNC_MODE_WORDS, whatChanges } from '../../../domain/sync/syncWords';
import { actor, type SignInWorld, signInWorld } from '../../helpers/cloud/signInWorld';

const NOW = Date.UTC(2026, 10, 23);
const HOUR = 60 * 60 * 1000;
const evidence = (more: Partial<SyncEvidence>): SyncEvidence => ({
  onPremisesSync: 'unknown',
  domains: [],
  readAt: NOW,
  ...more,
});

test.each<[Partial<SyncEvidence>, boolean, SyncMode, string]>([
  [{ onPremisesSync: 'synced', lastDirectorySyncAt: NOW - HOUR }, true, 'azureAdConnect', 'high'],
  [{ onPremisesSync: 'synced', lastDirectorySyncAt: NOW - 25 * HOUR }, true, 'azureAdConnect', 'low'],
  [{ onPremisesSync: 'synced' }, false, 'azureAdConnect', 'medium'],
  [{ onPremisesSync: 'noLonger' }, true, 'syncActiveDirectoryWithAzureAd', 'medium'],
  [{ onPremisesSync: 'never' }, true, 'syncActiveDirectoryWithAzureAd', 'medium'],
  [{ onPremisesSync: 'never' }, false, 'singleSource', 'high'],
  [{ syncedUsers: 3 }, true, 'azureAdConnect', 'medium'],
  [{ syncedUsers: 0 }, true, 'singleSource', 'low'],
  [{}, true, 'singleSource', 'low'],
])(
  '%j, Active Directory %s: proposes %s with %s confidence',
  (read, hasActiveDirectory, mode, confidence) => {
    expect(proposeSyncMode(evidence(read), { hasActiveDirectory })).toMatchObject({ mode, confidence });
  },
);

test('tells a once synced tenant from a never synced one', () => {
  const because = (onPremisesSync: SyncEvidence['onPremisesSync']) =>
    proposeSyncMode(evidence({ onPremisesSync }), { hasActiveDirectory: true }).because;
  expect(because('noLonger')).not.toBe(because('never'));
});

test.each<[SyncMode, Partial<SyncEvidence>, boolean]>([
  ['azureAdConnect', { onPremisesSync: 'synced' }, false],
  ['singleSource', { onPremisesSync: 'synced' }, true],
  ['syncActiveDirectoryWithAzureAd', { onPremisesSync: 'synced' }, true],
  ['azureAdConnect', { onPremisesSync: 'never' }, true],
  ['azureAdConnect', { onPremisesSync: 'noLonger' }, true],
  ['singleSource', { onPremisesSync: 'never' }, false],
  ['azureAdConnect', {}, false],
  ['singleSource', {}, false],
  ['singleSource', { syncedUsers: 2 }, true],
])('%s against %j: %s', (mode, read, against) => {
  expect(againstEvidence(mode, evidence(read)) !== undefined).toBe(against);
});

test('never proposes a mode against its own evidence', () => {
  for (const onPremisesSync of ['synced', 'noLonger', 'never', 'unknown'] as const)
    for (const syncedUsers of [undefined, 0, 5])
      for (const hasActiveDirectory of [true, false]) {
        const read = evidence({ onPremisesSync, syncedUsers });
        const { mode } = proposeSyncMode(read, { hasActiveDirectory });
        expect(againstEvidence(mode, read)).toBeUndefined();
      }
});

test('explains every mode, and says what every change does', () => {
  for (const to of SYNC_MODES) {
    expect(SYNC_MODE_WORDS[to].explanation).not.toBe('');
    expect(whatChanges(to, to)).toEqual([]);
    for (const from of [undefined, ...SYNC_MODES].filter((mode) => mode !== to))
      expect(whatChanges(from, to).length).toBeGreaterThan(1);
  }
  expect(whatChanges('azureAdConnect', 'singleSource').join()).toContain('no longer run a delta sync');
});

describe('choosing', () => {
  let world: SignInWorld;
  beforeEach(async () => {
    world = await signInWorld();
  });
  const choose = (mode: SyncMode, read: Partial<SyncEvidence>, reason?: string) =>
    chooseSync(world.deps, world.tess, {
      customerId: 'contoso',
      mode,
      evidence: evidence(read),
      requestId: `${mode} ${reason}`,
      ...(reason !== undefined && { reason }),
    });

  test('keeps the choice with its evidence, proposal and author', async () => {
    const { value } = await choose('azureAdConnect', { onPremisesSync: 'synced' });
    expect(value.sync).toEqual({
      mode: 'azureAdConnect',
      proposed: 'azureAdConnect',
      evidence: evidence({ onPremisesSync: 'synced' }),
      chosenAt: world.clock.now(),
      chosenBy: { id: 'tess', name: 'tess' },
    });
  });

  test.each([undefined, '', '   '])('needs a reason against the evidence (%j)', async (reason) => {
    await expect(choose('singleSource', { onPremisesSync: 'synced' }, reason)).rejects.toMatchObject({
      code: 'invalidInput',
    });
    expect((await world.deps.stores.customers.get('contoso'))?.value.sync).toBeUndefined();
  });

  test('keeps no reason for a choice that the evidence speaks for', async () => {
    const { value } = await choose('azureAdConnect', { onPremisesSync: 'synced' }, 'Connect is retired');
    expect(value.sync).not.toHaveProperty('reason');
  });

  test('writes the reason and the mode before and after into the audit', async () => {
    await choose('azureAdConnect', { onPremisesSync: 'synced' });
    await choose('singleSource', { onPremisesSync: 'synced' }, ' Connect is being retired ');
    const audit = (await world.deps.stores.audit.list({ limit: 10 })).items.map(({ value }) => value);
    expect(audit).toContainEqual(
      expect.objectContaining({
        action: 'sync.choose',
        outcome: 'done',
        before: SYNC_MODE_WORDS.azureAdConnect.title,
        after: SYNC_MODE_WORDS.singleSource.title,
        reason: 'Connect is being retired',
      }),
    );
  });

  test('needs the permission', async () => {
    const request = {
      customerId: 'contoso',
      mode: 'singleSource',
      evidence: evidence({}),
      requestId: 'r',
    } as const;
    await expect(chooseSync(world.deps, actor('ann', 'approver'), request)).rejects.toMatchObject({
      code: 'notAllowed',
    });
  });

  test('never asks about a customer without a tenant', async () => {
    const found = await world.deps.stores.customers.get('contoso');
    expect(found && asksForSync(found.value, evidence({ onPremisesSync: 'synced' }))).toBe(false);
  });
});
