import {
  MongoError,
  MongoErrorLabel,
  MongoNetworkError,
  MongoOperationTimeoutError,
  MongoServerError,
} from 'mongodb';
import { DuplicateKey, StoreUnavailable, settingsFault } from '../../domain/errors';

const DUPLICATE_KEY = 11_000;
const UNAUTHORIZED = 13;
const AUTHENTICATION_FAILED = 18;

const codeOf = (error: unknown) => (error instanceof MongoServerError ? error.code : undefined);

export const isDuplicate = (error: unknown): boolean => codeOf(error) === DUPLICATE_KEY;
export const isUnauthorized = (error: unknown): boolean => codeOf(error) === UNAUTHORIZED;
export const isWrongPassword = (error: unknown): boolean => codeOf(error) === AUTHENTICATION_FAILED;

/**
 * The connection ended, or the server changed, between a write and its answer, also after the driver's own
 * retry.
 */
export const isUnanswered = (error: unknown): boolean =>
  error instanceof MongoNetworkError ||
  error instanceof MongoOperationTimeoutError ||
  (error instanceof MongoError && error.hasErrorLabel(MongoErrorLabel.RetryableWriteError));

/** Turns a driver's error into one of the store. The message repeats neither the URI nor a value. */
export function storeError(collection: string, error: unknown): unknown {
  if (error instanceof MongoServerError && isDuplicate(error))
    return new DuplicateKey(collection, keyOf(error));
  if (isUnauthorized(error) || isWrongPassword(error))
    return settingsFault('MongoDB no longer accepts the bot’s user, or has taken its rights away.', error);
  if (error instanceof MongoError)
    return new StoreUnavailable(`${collection}: MongoDB did not do it (${answerOf(error)})`, {
      cause: error,
    });
  return error;
}

/**
 * The server's name and number for the error. Its text is left out, because it may repeat what was written.
 */
const answerOf = (error: MongoError) =>
  error instanceof MongoServerError
    ? `${error.codeName ?? error.name} ${error.code ?? ''}`.trim()
    : error.name;

/** `u.nameKey` is the unique key nameKey; `_id` is the id. */
function keyOf(error: MongoServerError): string {
  const [field = '_id'] = Object.keys(error.keyPattern ?? {});
  return field.startsWith('u.') ? field.slice('u.'.length) : 'id';
}
