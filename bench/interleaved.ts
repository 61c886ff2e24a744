/**
 * Measures a pair in turns, A B A B ..., so that what else the machine does meanwhile hits both alike. Never
 * both at a time. `rest` comes after each B, for what that leaves behind.
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
