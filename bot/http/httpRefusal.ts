/** Thrown while the bot reads a request; the answer is `status` with an empty body. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  constructor(
    readonly status: 400 | 408 | 413 | 415 | 503,
    /** For the log. */
    why: string,
  ) {
    super(why);
  }
}
