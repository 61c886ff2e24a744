import type { ErrorCode } from '../domain/errors';

/** The HTTP status of a known error. */
export const ERROR_STATUS: Record<ErrorCode, number> = {
  invalidInput: 400,
  notAllowed: 403,
  notFound: 404,
  conflict: 409,
  tryLater: 503,
  settings: 500,
};
