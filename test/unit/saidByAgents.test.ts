import { noticeFace } from '../../bot/notifications/faces/noticeFace';
import { said } from '../../cards/shared/said';
import type { CustomerEvent, EventFacts } from '../../domain/events/customerEvent';
import { resetEvent } from '../helpers/bot/resetEvents';

const LURE =
  'session\u200b expired, open https://evil.example/login or www.evil.example, mailto:a@evil.example';

test('shows a machine’s words in one bounded line, without hidden characters and with nothing to click', () => {
  expect(said(LURE)).toBe(
    'session expired, open https[:]//evil.example/login or www[.]evil.example, mailto[:]a@evil.example',
  );
  expect(said('one\ntwo\tthree \u{e0041}\u202e')).toBe('one two three');
  expect(said('x'.repeat(1_000))).toHaveLength(300);
  expect(said('MSTEAMS://x ms-word:y')).not.toContain('://');
});

const event = (facts: EventFacts): CustomerEvent => ({
  customerId: 'c',
  at: 0,
  toldAt: 0,
  privileged: false,
  facts,
});
const sync = { outcome: 'failed' as const, finding: LURE, startedAt: 0, resets: 1 };
const reset = resetEvent('c', 1, 0).value;
const spoilt = (facts: EventFacts): EventFacts =>
  'reset' in facts
    ? {
        ...facts,
        agentName: LURE,
        reset: {
          ...facts.reset,
          by: { name: LURE, domain: LURE, sid: 'S-1' },
          user: { ...facts.reset.user, displayName: LURE, userPrincipalName: LURE },
        },
      }
    : facts;

test.each<[string, EventFacts]>([
  ['a failed delta sync', { kind: 'deltaSyncFailed', agentName: LURE, sync }],
  ['a degraded directory', { kind: 'connectionDegraded', finding: LURE, saidBy: LURE }],
  ['a degraded directory of an earlier version', { kind: 'connectionDegraded', finding: LURE }],
  ['an agent that is offline', { kind: 'agentOffline', agentId: 'a', agentName: LURE, since: 0, waiting: 0 }],
  [
    'an agent that is back',
    { kind: 'agentBack', agentId: 'a', agentName: LURE, offlineSince: 0, waiting: 0 },
  ],
  ['an alarm', { kind: 'unexplainedResets', eventIds: ['1'], accounts: [LURE] }],
  ['a reset', spoilt(reset.facts)],
])('the card of %s carries nothing to click', (_name, facts) => {
  const face = JSON.stringify(noticeFace(facts.kind, [event(facts)], 0));
  expect(face).toContain('evil');
  expect(face).not.toMatch(/:\/\/|www\.|mailto:|\u200b/);
});

test('marks an agent’s own words as the agent’s', () => {
  const { lead } = noticeFace(
    'deltaSyncFailed',
    [event({ kind: 'deltaSyncFailed', agentName: 'DC1', sync })],
    0,
  );
  expect(lead).toMatch(/^DC1 says: “session expired.*”$/);
});

test('an agent that is back says nothing of what happened meanwhile: a reset may be found late', () => {
  const back = { kind: 'agentBack', agentId: 'a', agentName: 'DC1', offlineSince: -720_000 } as const;
  const faceOf = (waiting: number) => noticeFace('agentBack', [event({ ...back, waiting })], 0);
  expect(faceOf(0)).toMatchObject({ heading: 'DC1 is back after 12 min', lead: '' });
  expect(faceOf(2).lead).toContain('2 events');
});
