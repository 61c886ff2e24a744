import { nextDue } from '../../../domain/schedules/nextDue';
import { type Freezes, NO_FREEZES, type Rule } from '../../../domain/schedules/schedule';

const at = (utc: string) => Date.parse(`${utc}:00Z`);
const utc = (ms: number | undefined) => ms && new Date(ms).toISOString().slice(0, 16);

/** The next moments at which the rule is due from `from` on, one after the other. */
function fired(rule: Rule, from: string, count: number, freezes: Freezes = NO_FREEZES): unknown[] {
  const all: unknown[] = [];
  let after = at(from);
  while (all.length < count) {
    const next = nextDue(rule, freezes, after);
    all.push(utc(next));
    if (next === undefined) break;
    after = next;
  }
  return all;
}

const days = (timeZone: string, clock: string, every = 1): Rule => ({
  ...{ kind: 'days', every, at: clock, timeZone },
});
const hours = (every: number, laterMinutes = 0, timeZone = 'UTC'): Rule => ({
  ...{ kind: 'hours', every, laterMinutes, timeZone },
});
const mondayToFriday: Rule = {
  kind: 'weekdays',
  on: [1, 2, 3, 4, 5],
  at: '08:00',
  timeZone: 'Europe/Berlin',
};

describe('every so many hours', () => {
  it('is due at the same minutes for everybody, and never at the very moment of the question', () => {
    expect(fired(hours(6), '2026-06-10T05:59', 3)).toEqual([
      '2026-06-10T06:00',
      '2026-06-10T12:00',
      '2026-06-10T18:00',
    ]);
  });

  it('is due so many minutes later', () => {
    expect(fired(hours(6, 17), '2026-06-10T06:16', 2)).toEqual(['2026-06-10T06:17', '2026-06-10T12:17']);
  });

  it('goes on evenly while clocks change', () => {
    expect(fired(hours(1, 0, 'Europe/Berlin'), '2026-10-24T23:30', 4)).toEqual([
      ...['2026-10-25T00:00', '2026-10-25T01:00', '2026-10-25T02:00', '2026-10-25T03:00'],
    ]);
  });

  it('leaves out a frozen day as the calendar of its time zone shows it', () => {
    const freezes: Freezes = { dates: ['2026-06-10'], weekdays: [] };
    expect(fired(hours(12, 0, 'America/New_York'), '2026-06-10T01:00', 2, freezes)).toEqual([
      '2026-06-11T12:00',
      '2026-06-12T00:00',
    ]);
  });
});

describe('every so many days', () => {
  it('is due once a day by the clocks there', () => {
    expect(fired(days('Europe/Berlin', '08:00'), '2026-06-10T05:00', 2)).toEqual([
      '2026-06-10T06:00',
      '2026-06-11T06:00',
    ]);
  });

  it('counts days and not hours', () => {
    const [first, second, third] = fired(days('Europe/Berlin', '08:00', 3), '2026-10-22T00:00', 3).map(
      (each) => Date.parse(`${each}:00Z`),
    );
    const HOUR = 3_600_000;
    expect([Number(second) - Number(first), Number(third) - Number(second)]).toContain(73 * HOUR);
    expect([Number(second) - Number(first), Number(third) - Number(second)]).toContain(72 * HOUR);
  });
});

describe('on weekdays', () => {
  it('leaves out the weekend', () => {
    expect(fired(mondayToFriday, '2026-06-11T07:00', 3)).toEqual([
      '2026-06-12T06:00',
      '2026-06-15T06:00',
      '2026-06-16T06:00',
    ]);
  });

  it('leaves out frozen days: Fridays, and a date', () => {
    expect(fired(mondayToFriday, '2026-06-10T07:00', 3, { dates: ['2026-06-15'], weekdays: [5] })).toEqual([
      '2026-06-11T06:00',
      '2026-06-16T06:00',
      '2026-06-17T06:00',
    ]);
  });
});

describe.each([days('UTC', '08:00'), hours(6), mondayToFriday])('frozen for ever: %j', (rule) => {
  it('is never due', () => {
    expect(nextDue(rule, { dates: [], weekdays: [1, 2, 3, 4, 5, 6, 7] }, at('2026-06-10T00:00'))).toBe(
      undefined,
    );
  });
});

describe('a time that daylight saving skips or repeats fires once', () => {
  it.each([
    [
      'skipped',
      ...['Europe/Berlin', '02:30', '2026-03-28T00:00'],
      ['2026-03-28T01:30', '2026-03-29T01:00', '2026-03-30T00:30'],
    ],
    [
      'twice',
      ...['Europe/Berlin', '02:30', '2026-10-24T00:00'],
      ['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30'],
    ],
    [
      'skipped',
      ...['America/New_York', '02:30', '2026-03-07T06:00'],
      ['2026-03-07T07:30', '2026-03-08T07:00', '2026-03-09T06:30'],
    ],
    [
      'twice',
      ...['America/New_York', '01:30', '2026-10-31T05:00'],
      ['2026-10-31T05:30', '2026-11-01T05:30', '2026-11-02T06:30'],
    ],
    [
      'skipped, of half an hour',
      ...['Australia/Lord_Howe', '02:15', '2026-10-02T15:00'],
      ['2026-10-02T15:45', '2026-10-03T15:30', '2026-10-04T15:15'],
    ],
    [
      'twice, of half an hour',
      ...['Australia/Lord_Howe', '01:45', '2026-04-03T14:00'],
      ['2026-04-03T14:45', '2026-04-04T14:45', '2026-04-05T15:15'],
    ],
  ] as [string, string, string, string, string[]][])('%s in %s at %s', (_, zone, clock, from, expected) => {
    expect(fired(days(zone, clock), from, 3)).toEqual(expected);
    const everyDay: Rule = { kind: 'weekdays', on: [1, 2, 3, 4, 5, 6, 7], at: clock, timeZone: zone };
    expect(fired(everyDay, from, 3)).toEqual(expected);
  });

  it.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'])(
    'fires at these times of day in %s as often as the year has days',
    (zone) => {
      for (const clock of ['00:00', '01:30', '02:00', '02:15', '02:30', '03:00', '23:59']) {
        const year = fired(days(zone, clock), '2026-01-01T12:00', 365).map(String);
        expect(new Set(year).size).toBe(365);
        expect(year.at(-1)?.slice(0, 10)).toMatch(/^2026-12-31|^2027-01-01/);
      }
    },
  );
});
