/** The demo can't go on; the message is a sentence for the terminal, saying what to do where that is known. */
export class DemoFault extends Error {
  override readonly name = 'DemoFault';
}
