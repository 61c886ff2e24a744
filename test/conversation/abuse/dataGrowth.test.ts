import type { AuditDeps } from '../../../domain/audit/recordAudit';
import { RESTORE_DAYS, removeCustomer, restoreCustomer } from '../../../domain/customers/removeCustomer';
import { StoreUnavailable } from '../../../domain/errors';
import { enqueueJob } from '../../../domain/jobs/enqueueJob';
import { groupIntoNotices } from '../../../domain/notifications/groupIntoNotices';
import { resetEvent } from '../../helpers/bot/resetEvents';
import { addsCustomer } from '../../helpers/botWorld/customers';
import { useSite } from '../../helpers/botWorld/useSite';
import { actor, signInWorld } from '../../helpers/cloud/signInWorld';
import { purge } from '../../helpers/store/purge';

const DAY = 24 * 60 * 60 * 1000;
const ada = actor('ada', 'admin');

async function purgesOf({ stores: { audit } }: AuditDeps) {
  const { items } = await audit.list({ limit: 100 });
  return items.map(({ value }) => value).filter(({ action }) => action === 'customer.purge');
}

/**
 * Contoso, with one kept reset. `slow`: an instance whose clock is a day behind, and which would still
 * restore it.
 */
async function removedLongAgo() {
  const { deps, clock } = await signInWorld();
  const { id, value } = resetEvent('contoso', 1, clock.now());
  await deps.stores.events.insert(id, value);
  await removeCustomer(deps, ada, { customerId: 'contoso', typedName: 'Contoso', requestId: 'remove' });
  clock.advance(RESTORE_DAYS * DAY + 1);
  return { deps, slow: { ...deps, clock: { now: () => clock.now() - DAY } } };
}

describe('data that nobody needs any more expires by itself', () => {
  const world = useSite();

  it('jobs and conversations expire a month after the last of them', async () => {
    const { stores } = world.bot;
    await addsCustomer(world.seat(world.site.tess), 'Contoso', 'later');
    await enqueueJob({ stores, clock: world.site.clock }, { id: 'j', kind: 'k', input: {} });
    const counts = () => Promise.all([stores.jobs.count(), stores.conversations.count()]);
    world.site.clock.advance(30 * DAY - 1);
    expect(await counts()).toEqual([1, 1]);
    world.site.clock.advance(1);
    expect(await counts()).toEqual([0, 0]);
    expect((await world.seat(world.site.tess).says('customer Contoso')).text).toContain('Contoso');
    expect(await counts()).toEqual([0, 1]);
  });
});

describe('deleting for good', () => {
  it('leaves an audit record, once, and never deletes what was restored', async () => {
    const { deps, clock } = await signInWorld();
    for (const [customerId, typedName] of [
      ['contoso', 'Contoso'],
      ['fabrikam', 'Fabrikam'],
    ] as const)
      await removeCustomer(deps, ada, { customerId, typedName, requestId: `remove ${customerId}` });
    await restoreCustomer(deps, ada, { customerId: 'fabrikam', requestId: 'restore' });
    clock.advance(RESTORE_DAYS * DAY + 1);
    expect(await purge(deps)).toBe(1);
    expect(await purge(deps)).toBe(0);
    expect(await deps.stores.customers.get('contoso')).toBeUndefined();
    expect((await deps.stores.customers.get('fabrikam'))?.value.status).toBe('active');
    expect(await purgesOf(deps)).toMatchObject([
      { target: 'Contoso', customerId: 'contoso', outcome: 'done', after: 'deleted for good' },
    ]);
  });

  it('continues after a crash: nothing stays behind, and nobody restores half of a customer', async () => {
    const { deps, slow } = await removedLongAgo();
    const noticesAway = { ...deps.stores.notices, list: () => Promise.reject(new StoreUnavailable()) };
    await expect(purge({ ...deps, stores: { ...deps.stores, notices: noticesAway } })).rejects.toThrow(
      StoreUnavailable,
    );
    const restoring = restoreCustomer(slow, ada, { customerId: 'contoso', requestId: 'restore' });
    await expect(restoring).rejects.toThrow('can no longer be restored');
    expect(await purge(deps)).toBe(1);
    expect(await deps.stores.customers.get('contoso')).toBeUndefined();
    expect(await deps.stores.events.count()).toBe(0);
    expect(await purgesOf(deps)).toMatchObject([{ outcome: 'done' }]);
  });

  it('deletes the others when one cannot be deleted, and reports the error', async () => {
    const { deps, clock } = await signInWorld();
    for (const [customerId, typedName] of [
      ['contoso', 'Contoso'],
      ['fabrikam', 'Fabrikam'],
    ] as const)
      await removeCustomer(deps, ada, { customerId, typedName, requestId: `remove ${customerId}` });
    clock.advance(RESTORE_DAYS * DAY + 1);
    const remove = deps.stores.customers.remove.bind(deps.stores.customers);
    jest.spyOn(deps.stores.customers, 'remove').mockImplementation((id, version) => {
      if (id === 'contoso') throw new TypeError('unreadable');
      return remove(id, version);
    });
    await expect(purge(deps)).rejects.toThrow('unreadable');
    expect(await deps.stores.customers.get('fabrikam')).toBeUndefined();
  });

  it('leaves alone a customer that was restored at the very moment it began', async () => {
    const { deps, slow } = await removedLongAgo();
    const list = deps.stores.customers.list.bind(deps.stores.customers);
    jest.spyOn(deps.stores.customers, 'list').mockImplementationOnce(async (query) => {
      const found = await list(query);
      await restoreCustomer(slow, ada, { customerId: 'contoso', requestId: 'restore' });
      return found;
    });
    expect(await purge(deps)).toBe(0);
    expect((await deps.stores.customers.get('contoso'))?.value.status).toBe('active');
    expect(await deps.stores.events.count()).toBe(1);
  });

  it('is done and told once when two instances do it at the same time', async () => {
    const { deps } = await removedLongAgo();
    await Promise.all([purge(deps), purge(deps)]);
    expect(await deps.stores.customers.get('contoso')).toBeUndefined();
    expect(await purgesOf(deps)).toMatchObject([{ outcome: 'done', after: 'deleted for good' }]);
  });

  it('keeps no trace of who reset whose password', async () => {
    const { deps, clock } = await signInWorld();
    for (const customerId of ['contoso', 'fabrikam']) {
      const { id, value } = resetEvent(customerId, 1, clock.now());
      await deps.stores.events.insert(id, value);
    }
    await groupIntoNotices({ ...deps, clock }, await deps.stores.events.claimDue(clock.now(), DAY, 10));
    await removeCustomer(deps, ada, { customerId: 'contoso', typedName: 'Contoso', requestId: 'remove' });
    clock.advance(RESTORE_DAYS * DAY + 1);
    expect(await purge(deps)).toBe(1);
    const whose = [
      await deps.stores.events.list({ limit: 10 }),
      await deps.stores.notices.list({ limit: 10 }),
    ];
    expect(whose.map(({ items }) => items.map(({ value }) => value.customerId))).toEqual([
      ['fabrikam'],
      ['fabrikam'],
    ]);
  });
});
