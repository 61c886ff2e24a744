const TOKEN = /KEYTURN_INSTALL_TOKEN\s*=\s*'([\w.~-]{20,100})'/;
const ENCODED = /-EncodedCommand\s+([A-Za-z0-9+/=]+)/i;
const ALONE = /^[\w.~-]{20,100}$/;

/**
 * The install token in a pasted text: the command for PowerShell, the command for an RMM tool, or the token
 * alone.
 */
export function tokenIn(line: string): string | undefined {
  const encoded = ENCODED.exec(line)?.[1];
  const text = encoded ? Buffer.from(encoded, 'base64').toString('utf16le') : line.trim();
  return TOKEN.exec(text)?.[1] ?? ALONE.exec(text)?.[0];
}
