/**
 * The demo cannot go on. The message is a sentence for the terminal, and says what to do where that is known.
 */
export class DemoFault extends Error {
  override readonly name = 'DemoFault';
}
