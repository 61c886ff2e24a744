import { nextAt, quietUntil } from '../../../domain/schedules/wallClock';

const BERLIN = 'Europe/Berlin';
const NEW_YORK = 'America/New_York';
const LORD_HOWE = 'Australia/Lord_Howe';
const at = (utc: string) => Date.parse(`${utc}:00Z`);
const utc = (ms: number | undefined) => ms && new Date(ms).toISOString().slice(0, 16);

describe('the next time that clocks show', () => {
  it.each([
    ['an ordinary day', BERLIN, '2026-06-10T05:00', '08:00', '2026-06-10T06:00'],
    ['not this very moment, but the next day', BERLIN, '2026-06-10T06:00', '08:00', '2026-06-11T06:00'],
    ['skipped: the first moment after it', BERLIN, '2026-03-28T20:00', '02:30', '2026-03-29T01:00'],
    ['skipped, asked in that night', BERLIN, '2026-03-29T00:30', '02:30', '2026-03-29T01:00'],
    ['after the clocks went forward', BERLIN, '2026-03-28T20:00', '08:00', '2026-03-29T06:00'],
    ['the day after it was skipped', BERLIN, '2026-03-29T01:00', '02:30', '2026-03-30T00:30'],
    ['twice: the earlier, asked the evening before', BERLIN, '2026-10-24T20:00', '02:30', '2026-10-25T00:30'],
    ['twice: the earlier, asked after midnight', BERLIN, '2026-10-24T23:00', '02:30', '2026-10-25T00:30'],
    ['twice: once a night, asked between the two', BERLIN, '2026-10-25T00:30', '02:30', '2026-10-26T01:30'],
    ['after the clocks went back', BERLIN, '2026-10-24T20:00', '08:00', '2026-10-25T07:00'],
    ['skipped', NEW_YORK, '2026-03-08T03:00', '02:30', '2026-03-08T07:00'],
    ['twice: the earlier', NEW_YORK, '2026-10-31T23:00', '01:30', '2026-11-01T05:30'],
    ['twice: once a night', NEW_YORK, '2026-11-01T05:30', '01:30', '2026-11-02T06:30'],
    ['skipped, of half an hour', LORD_HOWE, '2026-10-03T10:00', '02:15', '2026-10-03T15:30'],
    ['twice, of half an hour: the earlier', LORD_HOWE, '2026-04-04T10:00', '01:45', '2026-04-04T14:45'],
    ['twice, of half an hour: once a night', LORD_HOWE, '2026-04-04T14:45', '01:45', '2026-04-05T15:15'],
  ])('%s (%s, asked at %s: %s)', (_, zone, now, clock, expected) => {
    expect(utc(nextAt(at(now), clock, zone))).toBe(expected);
  });
});

describe('quiet hours', () => {
  const night = { from: '22:00', to: '07:00' };
  it.each([
    ['before them', BERLIN, night, '2026-06-10T19:59', undefined],
    ['from their first moment', BERLIN, night, '2026-06-10T20:00', '2026-06-11T05:00'],
    ['after midnight', BERLIN, night, '2026-06-11T01:00', '2026-06-11T05:00'],
    ['no more at their end', BERLIN, night, '2026-06-11T05:00', undefined],
    ['by day', BERLIN, { from: '12:00', to: '13:00' }, '2026-06-10T10:30', '2026-06-10T11:00'],
    ['over the night of spring', BERLIN, night, '2026-03-28T23:30', '2026-03-29T05:00'],
    ['over the night of autumn', BERLIN, night, '2026-10-24T21:30', '2026-10-25T06:00'],
    [
      'that end at a time that comes twice',
      BERLIN,
      { from: '22:00', to: '02:30' },
      '2026-10-25T00:10',
      '2026-10-25T00:30',
    ],
    [
      'which are over when it comes again',
      BERLIN,
      { from: '22:00', to: '02:30' },
      '2026-10-25T01:10',
      undefined,
    ],
    [
      'that end at a time that is skipped',
      BERLIN,
      { from: '22:00', to: '02:30' },
      '2026-03-29T00:30',
      '2026-03-29T01:00',
    ],
    ['that are skipped altogether', BERLIN, { from: '02:10', to: '02:40' }, '2026-03-29T01:00', undefined],
    ['over the night of spring', NEW_YORK, night, '2026-03-08T06:30', '2026-03-08T11:00'],
    ['over the night of autumn', NEW_YORK, night, '2026-11-01T06:30', '2026-11-01T12:00'],
    ['over a change of half an hour', LORD_HOWE, night, '2026-04-04T14:50', '2026-04-04T20:30'],
  ])('%s (%s, %j, at %s)', (_, zone, quiet, now, expected) => {
    expect(utc(quietUntil(at(now), quiet, zone))).toBe(expected);
  });
});
