interface PipelineRequest {
  method: string;
  timeout: number;
}
type Send = (request: PipelineRequest) => Promise<unknown>;
interface Policy {
  name: string;
  sendRequest(request: PipelineRequest, next: Send): Promise<unknown>;
}
interface Pipeline {
  removePolicy(which: { name: string }): Policy[];
  addPolicy(policy: Policy, options?: { phase: 'Retry' }): void;
}

const answerLimitMs = 15_000;

/**
 * The bot's requests need none of these, and each costs every send; a token, moreover, goes to no host that
 * an answer names.
 */
const NEEDLESS = [
  'wrapAbortSignalLikePolicy',
  'formDataPolicy',
  'multipartPolicy',
  'tracingPolicy',
  'redirectPolicy',
  'logPolicy',
];

/**
 * Repeats only reads: the SDK repeats every request up to four times on 5xx, and nobody can take back a
 * duplicate message. Waits 15 seconds at most: the SDK waits for ever. Follows no redirects. False when the
 * SDK's pipeline has moved.
 */
export function limitRequests(client: object): boolean {
  const pipeline = pipelineOf(client);
  const [retry] = pipeline?.removePolicy({ name: 'defaultRetryPolicy' }) ?? [];
  if (!pipeline || !retry) return false;
  for (const name of NEEDLESS) pipeline.removePolicy({ name });
  pipeline.addPolicy(
    {
      name: 'repeatReadsOnly',
      sendRequest(request, next) {
        request.timeout ||= answerLimitMs;
        return request.method === 'GET' ? retry.sendRequest(request, next) : next(request);
      },
    },
    { phase: 'Retry' },
  );
  return true;
}

/** The SDK keeps its pipeline private and has no option for any of this. */
function pipelineOf(client: object): Pipeline | undefined {
  return (client as { client?: { pipeline?: Pipeline } }).client?.pipeline;
}
