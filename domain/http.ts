/** HTTP as the handlers in api/ see it: plain data, no framework. */
export interface HttpRequest {
  method: 'GET' | 'POST';
  path: string;
  query: Record<string, string | undefined>;
  cookies: Record<string, string | undefined>;
  body?: unknown;
  requestId: string;
}

export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  /** `Set-Cookie` values. */
  cookies?: string[];
  /** Pieces are sent as they come: for what is too large to be held. */
  body: string | Buffer | AsyncIterable<string>;
}

export interface Endpoint {
  method: 'GET' | 'POST';
  path: string;
  /** What is checked before `handle` runs; `open` endpoints check their own one-time values. */
  auth: 'open';
  /** Of a POST: takes a form alone, of at most so many bytes. */
  form?: { mostBytes: number };
  handle(request: HttpRequest): Promise<HttpResponse>;
}
