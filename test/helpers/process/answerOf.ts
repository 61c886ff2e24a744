import type { ClientRequest, IncomingHttpHeaders } from 'node:http';
import { text as textOf } from 'node:stream/consumers';

export interface Answer<Body> {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  json(): Body;
}

/** Sends the request and resolves to its whole answer. */
export function answerOf<Body>(outgoing: ClientRequest, body?: string): Promise<Answer<Body>> {
  return new Promise((resolve, reject) => {
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      const { statusCode: status = 0, headers } = response;
      textOf(response).then(
        (text) => resolve({ status, headers, text, json: () => JSON.parse(text) }),
        reject,
      );
    });
    outgoing.end(body);
  });
}
