/** The bench itself went wrong: its figures would mean nothing. */
export class BenchFault extends Error {
  override readonly name = 'BenchFault';
}
