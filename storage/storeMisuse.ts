/** A mistake in the calling code, such as a key that was never declared. User input never causes it. */
export class StoreMisuse extends Error {
  override readonly name = 'StoreMisuse';
}
