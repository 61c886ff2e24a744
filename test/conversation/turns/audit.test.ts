import type { AuditRecord } from '../../../domain/audit/auditRecord';
import { administratorSignsIn, confirmsTenant } from '../../helpers/botWorld/administrator';
import { addsCustomer } from '../../helpers/botWorld/customers';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const trail = async () =>
  (await world.bot.stores.audit.list({ sort: { key: 'at' }, limit: 1000 })).items.map(({ value }) => value);
const of = (records: AuditRecord[], action: AuditRecord['action']) =>
  records.filter((record) => record.action === action);

it('the audit trail has every change of a customer: who, when, what, whom, where, before and after', async () => {
  const { site } = world;
  const ada = world.seat(site.ada);
  const id = await addsCustomer(ada, 'Contoso', 'office365');
  await ada.says(await administratorSignsIn(world.bot, site.teams.in('a:Ada')));
  await confirmsTenant(ada);
  await world.bot.runner.tick();
  await ada.says('add active directory Contoso');
  await ada.says('sync options Contoso');
  await ada.clicks(ada.card, 'Save', { choice: 'singleSource' });
  await ada.says('rename customer Contoso');
  await ada.says('Fabrikam');
  await ada.says('disconnect office 365 Fabrikam');
  await ada.clicks(ada.card, 'Disconnect');
  await ada.says('remove customer Fabrikam');
  await ada.says('Fabrikam');
  await ada.clicks(ada.card, 'Restore');
  const records = await trail();
  const expected: Partial<AuditRecord>[] = [
    { action: 'customer.add', target: 'Contoso', after: 'Contoso' },
    { action: 'tenant.signIn', target: 'Contoso' },
    { action: 'tenant.propose', target: 'Contoso' },
    { action: 'tenant.connect', target: 'Contoso' },
    { action: 'tenant.test', target: 'Contoso', after: 'connected' },
    { action: 'customer.sources', target: 'Contoso' },
    { action: 'sync.choose', target: 'Contoso', after: 'One directory only' },
    { action: 'customer.rename', target: 'Contoso', before: 'Contoso', after: 'Fabrikam' },
    { action: 'tenant.disconnect', target: 'Fabrikam' },
    { action: 'customer.remove', target: 'Fabrikam', before: 'active', after: 'removed' },
    { action: 'customer.restore', target: 'Fabrikam', before: 'removed', after: 'active' },
  ];
  const common = {
    actor: { id: site.ada.id, name: 'Ada' },
    conversationId: 'a:Ada',
    customerId: id,
    outcome: 'done',
    at: site.clock.now(),
  };
  for (const entry of expected) {
    const found = of(records, entry.action ?? 'access.refused');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ ...common, ...entry });
  }
  expect(records).toHaveLength(expected.length);
});

it('a refused change is recorded as failed or refused', async () => {
  const tess = world.seat(world.site.tess);
  await addsCustomer(tess, 'Contoso');
  await addsCustomer(tess, 'Fabrikam');
  await tess.says('rename customer Contoso');
  await tess.says('Fabrikam');
  expect(of(await trail(), 'customer.rename')).toMatchObject([
    { outcome: 'failed', before: 'Contoso', after: 'Fabrikam' },
  ]);
  await tess.says('remove customer Contoso');
  expect(of(await trail(), 'access.refused')).toMatchObject([
    { actor: { name: 'Tess' }, outcome: 'refused' },
  ]);
});

it('when two people add the same name at the same time, the history has one addition', async () => {
  const second = await world.site.start();
  const [tess, tom] = [world.seat(world.site.tess), world.seat(world.site.tom).at(second)];
  for (const seat of [tess, tom]) await seat.says('add customer');
  await Promise.all([tess, tom].map((seat) => seat.clicks(seat.card, 'Save', { name: 'Contoso' })));
  const { text } = await tess.says('customer Contoso');
  expect(text.match(/added the customer/g)).toHaveLength(1);
});
