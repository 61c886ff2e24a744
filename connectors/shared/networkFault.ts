import { SourceRefused } from '../../domain/organizations/ports';

/** A refusal that may pass by itself: the same call may succeed in a moment. */
export class PassingFault extends Error {
  override readonly name = 'PassingFault';
  constructor(
    readonly refused: SourceRefused,
    /** The wait that the vendor asked for. */
    readonly waitMs = 0,
  ) {
    super(refused.message, { cause: refused });
  }
}

/** Thrown by our own time limits. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

const NOT_TRUSTED =
  /^(CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH|ERR_TLS_CERT)/;
/** Another try cannot help with these. */
const SETTLED = new Set(['ENOTFOUND', 'EPROTO', 'ERR_INVALID_URL']);

/** Turns a network error into a SourceRefused or a PassingFault. */
export function networkFault(error: unknown): SourceRefused | PassingFault {
  if (error instanceof SourceRefused || error instanceof PassingFault) return error;
  const code = codeOf(error);
  if (NOT_TRUSTED.test(code)) return new SourceRefused('notTrusted', undefined, { cause: error });
  const refused = new SourceRefused('unreachable', undefined, { cause: error });
  return SETTLED.has(code) || code.startsWith('ERR_SSL') ? refused : new PassingFault(refused);
}

/** For an answer that broke off after it had begun. */
export const brokenAnswer = (error: unknown): SourceRefused | PassingFault =>
  error instanceof SourceRefused || error instanceof TimedOut
    ? networkFault(error)
    : new PassingFault(new SourceRefused('brokenOff', undefined, { cause: error }));

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
