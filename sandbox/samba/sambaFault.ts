/** Samba did not do what the sandbox asked for. */
export class SambaFault extends Error {
  override readonly name = 'SambaFault';
}
