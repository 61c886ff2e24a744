/** HTTP as the handlers in api/ see it: plain data, no framework. */
export interface HttpRequest {
  method: 'GET' | 'POST';
  path: string;
  query: Record<string, string | undefined>;
  cookies: Record<string, string | undefined>;
  body?: unknown;
  /** Only for a `raw` endpoint, instead of `body`. */
  raw?: RawRequest;
  requestId: string;
  /** The network address of the caller, as far as the server knows it and can believe its proxies. */
  address?: string;
  /** `key`: the caller as limits count it. `ended`: aborted when nobody waits for the answer any more. */
  client?: { key: string; ended: AbortSignal };
}

/** The request as it came, unread: for endpoints whose callers sign the bytes. */
export interface RawRequest {
  authorization?: string;
  contentType?: string;
  contentEncoding?: string;
  /** 'tooLarge': the server threw the bytes away, and closes the connection with the answer. */
  bytes: Uint8Array | 'tooLarge';
  /** Aborted when nobody waits for the answer any more, or the process stops. */
  ended: AbortSignal;
}

export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  /** `Set-Cookie` values. */
  cookies?: string[];
  /** The server sends pieces as they come: for a body that is too large to hold in memory. */
  body: string | Buffer | AsyncIterable<string | Uint8Array>;
  /** Only for a body of pieces: when aborted, the server stops sending and cuts the connection. */
  cut?: AbortSignal;
}

export interface Endpoint {
  method: 'GET' | 'POST';
  path: string;
  /** What the server checks before `handle` runs; `open` endpoints check their own one-time values. */
  auth: 'open';
  /** Only for a POST: takes nothing but a form, of at most so many bytes. */
  form?: { mostBytes: number };
  /**
   * Only for a POST: the handler gets the bytes as they came, at most so many, and may hold its answer back.
   */
  raw?: { mostBytes: number };
  handle(request: HttpRequest): Promise<HttpResponse>;
}
