/** A mistake in the calling code, such as a key that was never declared; never caused by what somebody typed. */
export class StoreMisuse extends Error {
  override readonly name = 'StoreMisuse';
}
