import { noticeFace } from '../../../bot/notifications/faces/noticeFace';
import type { CustomerEvent } from '../../../domain/events/customerEvent';
import { resetEvent } from '../../helpers/bot/resetEvents';

const now = 1_800_000_000_000;
const reset = (n: number, explained?: 'ours'): CustomerEvent => {
  const { value } = resetEvent('contoso', n, now);
  if (!explained || !('reset' in value.facts)) return value;
  const explanation = { state: explained, by: { id: 'tess', name: 'Tess' }, at: now };
  return { ...value, facts: { ...value.facts, explanation } };
};

describe('the face of a notice', () => {
  it('says how many of several resets were explained, so that nobody takes another one for explained', () => {
    const { answers, asks } = noticeFace('resetSeen', [reset(1, 'ours'), reset(2)], now);
    expect(answers?.map(({ text }) => `${text}`)).toEqual([expect.stringMatching(/^1 confirmed by Tess, /)]);
    expect(asks).toBe('unexplained');
  });

  it('says it plainly when all are explained alike', () => {
    const { answers, asks } = noticeFace('resetSeen', [reset(1, 'ours'), reset(2, 'ours')], now);
    expect(answers?.map(({ text }) => `${text}`)).toEqual([expect.stringMatching(/^Confirmed by Tess, /)]);
    expect(asks).toBe(false);
  });

  it.each([
    [5, ''],
    [12, 'and 7 more resets'],
  ])('an alarm about %i resets that names five accounts: %s', (count, more) => {
    const eventIds = Array.from({ length: count }, (_, n) => `event-${n}`);
    const accounts = ['ann', 'ben', 'cleo', 'dan', 'eve'];
    const alarm: CustomerEvent = { ...reset(1), facts: { kind: 'unexplainedResets', eventIds, accounts } };
    const face = noticeFace('unexplainedResets', [alarm], now);
    expect(face.fold?.rows.map(({ title }) => title)).toEqual(accounts);
    expect(face.fold?.more ?? '').toBe(more);
  });

  it('counts events of other kinds, shows ten of them and says how many more there are', () => {
    const offline = Array.from({ length: 13 }, (_, n): CustomerEvent => {
      const facts = {
        kind: 'agentOffline',
        agentId: `${n}`,
        agentName: `DC${n}`,
        since: now,
        waiting: 0,
      } as const;
      return { ...reset(n), facts };
    });
    const face = noticeFace('agentOffline', offline, now);
    expect(face.heading).toBe('No contact with 13 agents');
    expect(face.fold?.rows).toHaveLength(10);
    expect(face.fold?.more).toBe('and 3 more');
    expect(noticeFace('agentOffline', offline.slice(0, 10), now).fold?.more).toBeUndefined();
  });
});
