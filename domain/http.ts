/** HTTP as the handlers in api/ see it: plain data, no framework. */
export interface HttpRequest {
  method: 'GET' | 'POST';
  path: string;
  query: Record<string, string | undefined>;
  cookies: Record<string, string | undefined>;
  body?: unknown;
  /** Of a request to a `raw` endpoint, instead of `body`. */
  raw?: RawRequest;
  requestId: string;
  /** The network address that it came from, as far as the server knows it and its proxies can be believed. */
  address?: string;
  /** Who asks, as bounds count; and when nobody waits for the answer any more. */
  client?: { key: string; ended: AbortSignal };
}

/** What came, unread: for endpoints whose callers sign the bytes. */
export interface RawRequest {
  authorization?: string;
  contentType?: string;
  contentEncoding?: string;
  /** 'tooLarge': they were thrown away, and the connection closes with the answer. */
  bytes: Uint8Array | 'tooLarge';
  /** Aborted when nobody waits for the answer any more, or the process stops. */
  ended: AbortSignal;
}

export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  /** `Set-Cookie` values. */
  cookies?: string[];
  /** Pieces are sent as they come: for what is too large to be held. */
  body: string | Buffer | AsyncIterable<string | Uint8Array>;
  /** Of a body of pieces: aborted when it must not go on. The connection is cut off then. */
  cut?: AbortSignal;
}

export interface Endpoint {
  method: 'GET' | 'POST';
  path: string;
  /** What is checked before `handle` runs; `open` endpoints check their own one-time values. */
  auth: 'open';
  /** Of a POST: takes a form alone, of at most so many bytes. */
  form?: { mostBytes: number };
  /** Of a POST: the handler is given the bytes as they came, so many at most, and may hold its answer back. */
  raw?: { mostBytes: number };
  handle(request: HttpRequest): Promise<HttpResponse>;
}
