/**
 * Measures a pair by turns, A B A B ..., so that other load on the machine affects both alike. The two never
 * run at the same time. `rest` runs after each B, to wait for its traces to disappear.
 */
export async function interleaved<A, B>(
  rounds: number,
  one: (round: number) => Promise<A>,
  other: (round: number) => Promise<B>,
  rest: () => Promise<unknown> = async () => undefined,
): Promise<{ one: A[]; other: B[] }> {
  const measured: { one: A[]; other: B[] } = { one: [], other: [] };
  for (let round = 0; round < rounds; round++) {
    measured.one.push(await one(round));
    measured.other.push(await other(round));
    await rest();
  }
  return measured;
}
