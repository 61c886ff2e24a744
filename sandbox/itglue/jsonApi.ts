import type { SandboxResponse } from '../microsoft/http';

const TITLES: Record<number, string> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

export const jsonApi = (
  status: number,
  document: unknown,
  headers: Record<string, string> = {},
): SandboxResponse => ({
  status,
  headers: { 'content-type': 'application/vnd.api+json', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(document),
});

/** A refusal in the form of JSON:API; `parameter` names the wrong part of the query. */
export function itGlueError(
  status: number,
  {
    detail,
    parameter,
    headers,
  }: { detail?: string; parameter?: string; headers?: Record<string, string> } = {},
): SandboxResponse {
  const title = TITLES[status] ?? 'Error';
  const source = parameter === undefined ? {} : { source: { parameter } };
  const error = { status: String(status), title, detail: detail ?? title, ...source };
  return jsonApi(status, { errors: [error] }, headers);
}
