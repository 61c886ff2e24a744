import { OFFLINE_AFTER_MS } from '../../../../domain/agents/agent';
import { NOW } from '../storeSample';
import { numbers, type Subject, type Value } from './subject';

/**
 * Due documents are handed out in turns, line by line. Those that go ahead come first, a few of each line.
 */
export function fairLinesContract({ def, make, store }: Subject): void {
  const put = (customerId: string, count: number, ahead = false) =>
    Promise.all(
      numbers(0, count).map((n) =>
        store(n).insert(`${customerId}-${ahead}-${n}`, sampleOf(customerId, n, ahead)),
      ),
    );
  const sampleOf = (customerId: string, n: number, ahead: boolean): Value => ({
    ...make(ahead ? n + 1000 : n),
    customerId,
    open: false,
    ...dueIn(def.name, NOW + n / 1000),
    ...aheadIn(def.name, ahead),
  });
  const claim = async (limit: number, most?: (line: string) => number) => {
    const claimed = await store().claimDue(NOW + 10, 60_000, limit, most);
    const of = new Map<string, number>();
    for (const { value } of claimed)
      of.set(String(value.customerId), (of.get(String(value.customerId)) ?? 0) + 1);
    return Object.fromEntries(of);
  };

  test('many of one line leave each other line its turn', async () => {
    await put('hostile', 40);
    await put('quiet', 1);
    await put('small', 3);
    expect(await claim(12)).toEqual({ hostile: 8, quiet: 1, small: 3 });
    expect(await claim(12)).toEqual({ hostile: 12 });
    expect(await claim(100)).toEqual({ hostile: 20 });
    expect(await claim(100)).toEqual({});
  });

  test('with more lines than rows to claim, each line has its turn after some claims', async () => {
    for (const n of numbers(0, 7)) await put(`customer-${n}`, 20);
    const served = new Map<string, number>();
    for (let round = 0; round < 7; round++)
      for (const [line, count] of Object.entries(await claim(3)))
        served.set(line, (served.get(line) ?? 0) + count);
    expect([...served.values()]).toEqual([3, 3, 3, 3, 3, 3, 3]);
  });

  if (def.first)
    test('many that go ahead leave half of the rows to the others', async () => {
      await put('hostile', 40, true);
      await put('urgent', 1, true);
      await put('quiet', 5);
      expect(await claim(6)).toEqual({ hostile: 1, urgent: 1, quiet: 4 });
      expect(await claim(6)).toEqual({ hostile: 5, quiet: 1 });
    });

  test('no line gets more than its limit, and the rest goes to others', async () => {
    await put('hostile', 40);
    await put('hostile', 5, true);
    await put('quiet', 10);
    const most = (line: string) => (line === 'hostile' ? 3 : 100);
    expect(await claim(12, most)).toEqual({ hostile: 3, quiet: 9 });
    expect(await claim(12, () => 0)).toEqual({});
  });
}

/** The fields that make a value of each collection due at a moment. */
const dueIn = (name: string, at: number): Value =>
  name === 'agents' ? { state: 'online', lastBeatAt: at - OFFLINE_AFTER_MS } : { dueAt: at };

/** The fields that make a value of each collection go ahead, or not. */
function aheadIn(name: string, ahead: boolean): Value {
  if (name === 'jobs') return ahead ? { awaited: true } : {};
  if (name === 'deliveries') return ahead ? { urgent: true } : { urgent: false };
  return { privileged: ahead };
}
