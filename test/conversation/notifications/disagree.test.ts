import type { ResetEvent } from '../../../domain/resets/addTelling';
import { completeReset } from '../../../domain/resets/completeReset';
import { useNotices } from '../../helpers/bot/useNotices';

const { world, happened, reset, cards, dispatch } = useNotices();

/**
 * The same reset as `reset(1)`, as a second agent tells it: made by somebody else, on an administrator's
 * account.
 */
function toldWorse(): ResetEvent {
  const { value } = reset(1, { how: 'reset', privileged: true });
  if (!('reset' in value.facts)) throw new TypeError('no reset');
  const { user, how, by } = value.facts.reset;
  const telling = {
    agentId: 'dc2',
    agentName: 'DC2',
    at: value.at,
    how,
    privileged: true,
    account: user.samAccountName,
  };
  return { ...value, facts: { ...value.facts, tellings: [{ ...telling, ...(by && { by }) }] } };
}

async function tellWorse(id: string): Promise<void> {
  await completeReset({ stores: world.bot.stores, clock: world.site.clock }, id, toldWorse());
  await dispatch();
  world.site.clock.advance(5_000);
  await dispatch();
}

test('a change by the user that a second agent tells as an administrator’s reset is told on new cards at once', async () => {
  const quiet = reset(1, { how: 'change' });
  await happened(quiet);
  await dispatch();
  expect(cards()).toEqual([expect.stringContaining('User 1 changed their own password')]);
  await tellWorse(quiet.id);
  const [first, ...later] = cards();
  expect(first).toContain('This reset has a new message');
  expect(later).toHaveLength(2);
  const own = later.find((text) => text.includes('reset the password of User 1'));
  expect(own).toContain('PRIVILEGED');
  expect(own).toMatch(/AGENTS.DISAGREE/);
  expect(own).toContain('Was that your team?');
  const alarm = later.find((text) => text.includes('Alarm: DC1 and DC2 disagree'));
  expect(alarm).toContain('DC1 user1 was changed by the user');
  expect(alarm).toContain('DC2 user1 was reset by CONTOSO\\administrator, privileged account');
});

test('it is told during quiet hours, and to a chat that asks only for late resets', async () => {
  const quiet = reset(1, { how: 'change' });
  await happened(quiet);
  const [known] = (await world.bot.stores.subscriptions.list({ limit: 1 })).items;
  if (!known) throw new TypeError('nobody asks');
  await world.bot.stores.subscriptions.replace(known, {
    ...known.value,
    kinds: ['resetLate'],
    quiet: { from: '00:00', to: '23:59' },
  });
  await dispatch();
  expect(cards()).toEqual([]);
  await tellWorse(quiet.id);
  expect(cards()).toEqual([expect.stringContaining('Alarm: DC1 and DC2 disagree')]);
});

test('what somebody said to be ours and what turns out to be worse is told on a new card', async () => {
  const said = { state: 'ours', by: { id: 'tess', name: 'Tess' }, at: 1 } as const;
  const quiet = reset(1, { how: 'change', facts: { explanation: said } });
  await happened(quiet);
  await dispatch();
  const told = toldWorse();
  const tellings = told.facts.tellings?.map((each) => ({ ...each, privileged: false }));
  const worse = { ...told, privileged: false, facts: { ...told.facts, ...(tellings && { tellings }) } };
  await completeReset({ stores: world.bot.stores, clock: world.site.clock }, quiet.id, worse);
  await dispatch();
  world.site.clock.advance(5_000);
  await dispatch();
  const own = cards().filter((text) => text.includes('reset the password of User 1'));
  expect(own).toEqual([expect.stringContaining('Was that your team?')]);
  expect(cards()[0]).toContain('This reset has a new message');
});
