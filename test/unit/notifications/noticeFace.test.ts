import { noticeFace } from '../../../bot/notifications/faces/noticeFace';
import { isReset } from '../../../bot/notifications/faces/resetEvent';
import type { CustomerEvent } from '../../../domain/events/customerEvent';
import { resetEvent } from '../../helpers/bot/resetEvents';

const now = 1_800_000_000_000;
const reset = (n: number, explained?: 'ours'): CustomerEvent => {
  const { value } = resetEvent('contoso', n, now);
  if (!explained || !('reset' in value.facts)) return value;
  const explanation = { state: explained, by: { id: 'tess', name: 'Tess' }, at: now };
  return { ...value, facts: { ...value.facts, explanation } };
};

const UNEXPLAINED = { state: 'unexplained' } as const;

/** The same reset by another administrator of its domain. */
function madeBy(event: CustomerEvent, name: string): CustomerEvent {
  if (!isReset(event) || !event.facts.reset.by) throw new TypeError('nobody made it');
  const { facts } = event;
  const by = { ...event.facts.reset.by, name };
  return { ...event, facts: { ...facts, reset: { ...facts.reset, by } } };
}

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

  it('asks about one reset with the name of its maker, and nobody is unknown beside it', () => {
    const face = noticeFace('resetSeen', [reset(1)], now);
    expect(face).toMatchObject({
      heading: 'CONTOSO\\administrator reset the password of User 1',
      brief: 'Unexplained reset: User 1',
      badges: [{ text: 'UNEXPLAINED' }],
      lead: 'CONTOSO\\administrator reset this password. Was that your team?',
    });
    expect(JSON.stringify(face)).not.toMatch(/nobody/i);
  });

  it('calls it a password change when the user did it, and asks nothing', () => {
    const { value } = resetEvent('contoso', 1, now, { how: 'change' });
    const face = noticeFace('resetSeen', [value], now);
    expect(face).toMatchObject({ brief: 'Password change: User 1', badges: [], lead: '', asks: false });
  });

  it('tells ten resets by one administrator in one line, with the accounts behind a button', () => {
    const face = noticeFace(
      'resetSeen',
      Array.from({ length: 10 }, (_, n) => reset(n)),
      now,
    );
    expect(face).toMatchObject({
      heading: '10 accounts reset by CONTOSO\\administrator',
      brief: '10 unexplained resets by CONTOSO\\administrator',
    });
    expect(face.rows ?? []).toEqual([]);
    expect(face.fold?.rows).toHaveLength(10);
  });

  it('names nobody as the maker of all when another made one of them, and counts what each made', () => {
    const face = noticeFace('resetSeen', [reset(1), reset(2), madeBy(reset(3), 'eve')], now);
    expect(face.heading).toBe('3 accounts reset');
    expect(face.facts).toContainEqual(['By', 'CONTOSO\\administrator (2), CONTOSO\\eve (1)']);
    expect(face.rows?.map(({ under }) => under)).toEqual([
      expect.stringContaining('administrator'),
      expect.stringContaining('administrator'),
      expect.stringContaining('CONTOSO\\eve'),
    ]);
  });

  it('names nobody as the maker of all when further resets were only counted', () => {
    const further = { total: 3, explanations: [{ explanation: UNEXPLAINED, count: 3 }], arrivals: {} };
    const { heading } = noticeFace('resetSeen', [reset(1), reset(2)], now, { further });
    expect(heading).toBe('5 accounts reset');
  });

  it.each([
    ['unexplained', undefined, 'Alarm: 5 password resets by CONTOSO\\administrator within 1 minute'],
    ['answered', 'ours', '5 password resets by CONTOSO\\administrator within 1 minute'],
  ] as const)('an alarm whose resets are %s', (_, explained, heading) => {
    const about = Array.from({ length: 5 }, (_, n) => reset(n, explained)).filter(isReset);
    const accounts = about.map(({ facts }) => facts.reset.user.displayName ?? '');
    const eventIds = accounts.map((_, n) => `event-${n}`);
    const facts = { kind: 'unexplainedResets', eventIds, accounts, from: now, to: now } as const;
    const face = noticeFace('unexplainedResets', [{ ...reset(1), facts }], now, { about });
    expect(face.heading).toBe(heading);
    expect(face.asks).toBe(explained ? false : 'unexplained');
  });

  it('an alarm stays one while resets beyond its list may be unexplained', () => {
    const about = Array.from({ length: 5 }, (_, n) => reset(n, 'ours')).filter(isReset);
    const eventIds = about.map((_, n) => `event-${n}`);
    const facts = {
      kind: 'unexplainedResets',
      eventIds,
      accounts: [] as string[],
      count: 12,
      from: now,
      to: now,
    } as const;
    const face = noticeFace('unexplainedResets', [{ ...reset(1), facts }], now, { about });
    expect(face).toMatchObject({
      heading: expect.stringMatching(/^Alarm: 12 /),
      tone: 'attention',
      lead: 'Answer 7 more resets on the messages that tell them.',
    });
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

  describe('of several resets', () => {
    const changed = (n: number, facts: object) => {
      const event = reset(n);
      return { ...event, facts: { ...event.facts, ...facts } } as CustomerEvent;
    };
    const telling = (agentName: string, privileged: boolean) => ({
      ...{ agentId: agentName, agentName, at: now, how: 'reset', account: 'user1', privileged },
    });

    it('names the only administrator who made them', () => {
      const { heading, facts, lead } = noticeFace('resetSeen', [reset(1), reset(2)], now);
      expect(heading).toBe('2 accounts reset by CONTOSO\\administrator');
      expect(facts?.[0]).toEqual(['By', '']);
      expect(lead).toBe('CONTOSO\\administrator reset these passwords. Was that your team?');
    });

    it('does not say that one made them all where others joined that are only counted', () => {
      const further = { total: 9, explanations: [], arrivals: {} };
      const { heading, facts } = noticeFace('resetSeen', [reset(1), reset(2)], now, { further });
      expect(heading).toBe('11 accounts reset');
      expect(facts?.[0]).toEqual(['By', 'at least CONTOSO\\administrator (2)']);
    });

    it('shows without opening it that agents contradict each other about one of them', () => {
      const doubted = changed(2, { tellings: [telling('DC1', false), telling('DC2', true)] });
      const { badges, rows } = noticeFace('resetSeen', [reset(1), doubted], now);
      expect(badges?.map(({ text }) => text)).toContain('AGENTS DISAGREE');
      expect(rows?.map(({ under }) => String(under).includes('agents disagree'))).toEqual([false, true]);
    });
  });
});
