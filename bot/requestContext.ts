import { AsyncLocalStorage } from 'node:async_hooks';

/** What every log line of a request carries, wherever it is written. */
export const requestContext = new AsyncLocalStorage<{ requestId: string }>();
