/** A secret at rest: a compact JWE (dir, A256GCM) and the id of the master key that opens it. */
export interface Sealed {
  kid: string;
  jwe: string;
}

/** Seals and opens secrets with the master keys of the settings; the first of them seals. */
export interface Vault {
  /** False while the settings name no master key. */
  readonly canSeal: boolean;
  /**
   * `context` says what the secret belongs to (such as `integration:ID`): with another context,
   * opening it fails.
   */
  seal(secret: string, context: string): Promise<Sealed>;
  /** Throws KeyturnError 'settings' when the key id is unknown or somebody tampered with the text. */
  open(sealed: Sealed, context: string): Promise<string>;
  knows(kid: string): boolean;
  /** True when the key that seals now sealed it. */
  isCurrent(sealed: Sealed): boolean;
}
