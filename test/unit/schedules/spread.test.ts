import { spreadOverDay } from '../../../domain/schedules/spread';

const thousand = Array.from({ length: 1000 }, (_, n) => spreadOverDay(`watchTenant:customer-${n}`));

test('gives an id always the same time, which clocks do show', () => {
  expect(spreadOverDay('watchTenant:customer-1')).toBe(thousand[1]);
  for (const time of thousand) expect(time).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
});

test('spreads a thousand ids over the day: few in each minute, some in each hour', () => {
  const most = (length: number) => {
    const counts = new Map<string, number>();
    for (const time of thousand)
      counts.set(time.slice(0, length), (counts.get(time.slice(0, length)) ?? 0) + 1);
    return counts;
  };
  expect(Math.max(...most(5).values())).toBeLessThanOrEqual(6);
  expect(most(2).size).toBe(24);
  expect(Math.max(...most(2).values())).toBeLessThan(90);
});
