import type { AuthError, INetworkModule } from '@azure/msal-node';
import { MicrosoftRefused } from '../../domain/tenants/refusals/microsoftRefused';
import { answerOf, mayPass, waitOf } from './microsoftAnswer';

/** The time for one request to Microsoft's sign-in, up to the end of its answer. */
const ANSWER_MS = 20_000;

type NetworkAnswer<T> = Awaited<ReturnType<INetworkModule['sendPostRequestAsync']>> & { body: T };
type Asked = Parameters<INetworkModule['sendPostRequestAsync']>[1];

/**
 * The library's network access to Microsoft's sign-in. It limits the time, follows no redirects, and looks
 * for network faults before the library reads the answer: the library treats every answer that is no JSON as
 * a fault of the program.
 */
export function tokenNetwork(AuthErrorClass: typeof AuthError): INetworkModule {
  /** The library passes on only its own errors unchanged. */
  const thrown = (refused: MicrosoftRefused): never => {
    throw Object.assign(new AuthErrorClass('temporarily_unavailable', ''), { refused });
  };
  const ask = async <T>(url: string, method: 'GET' | 'POST', options: Asked): Promise<NetworkAnswer<T>> => {
    try {
      return (await asked(url, method, options)) as NetworkAnswer<T>;
    } catch (error) {
      return thrown(error instanceof MicrosoftRefused ? error : unavailable());
    }
  };
  return {
    sendGetRequestAsync: (url, options) => ask(url, 'GET', options),
    sendPostRequestAsync: (url, options) => ask(url, 'POST', options),
  };
}

async function asked(url: string, method: 'GET' | 'POST', options: Asked) {
  const response = await fetch(url, {
    method,
    headers: options?.headers ?? {},
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_MS),
    ...(method === 'POST' && { body: options?.body ?? '' }),
  });
  const { status, headers, json } = await answerOf(response);
  if (mayPass(status) || !isObject(json)) throw unavailable(waitOf({ headers }));
  return { status, headers: Object.fromEntries(headers), body: json };
}

const isObject = (json: unknown): json is object =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

const unavailable = (waitMs?: number) => new MicrosoftRefused('unavailable', { waitMs });
