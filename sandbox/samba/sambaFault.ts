/** Samba did not do what it was asked for. */
export class SambaFault extends Error {
  override readonly name = 'SambaFault';
}
