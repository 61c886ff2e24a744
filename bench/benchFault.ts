/** The bench itself failed: its figures would mean nothing. */
export class BenchFault extends Error {
  override readonly name = 'BenchFault';
}
