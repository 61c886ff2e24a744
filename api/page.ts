import { z } from 'zod';
import { type ErrorCode, KeyturnError, notFound, StoreUnavailable } from '../domain/errors';
import type { Endpoint, HttpRequest, HttpResponse } from '../domain/http';
import type { LinkPolicy } from '../domain/links/linkPolicy';
import type { Log } from '../domain/ports';
import {
  MicrosoftRefused,
  type RefusalMarks,
  SignInRefused,
} from '../domain/tenants/refusals/microsoftRefused';

/** A page of ours that people reach by a one-time link. */
export interface LinkPage {
  policy: LinkPolicy;
  /** Names the page before it shows anything behind the link. */
  title: string;
  endpoints: readonly Endpoint[];
  /** What the open page asks on, with the rights of the visit. */
  visited?: readonly Endpoint[];
  face: PageFace;
}

/** How a page says that it cannot go on. */
export interface PageFace {
  /** `marks`: for the engineer who looks the refusal up at Microsoft. */
  refusal(status: number, sentence: string, marks?: RefusalMarks): HttpResponse;
  /** Tells this reader what Microsoft's refusal means. */
  microsoft?(error: MicrosoftRefused): string;
  /** After a fault of ours: a sentence that says what was not done, with a space behind it. */
  kept?: string;
  /** After a fault of ours: what the reader can do then. */
  again?: string;
}

const FORM_BYTES = 1024;
const oneTime = z.string().min(20).max(100);
export const handleSchema = z.object({ h: oneTime });
export const csrfSchema = handleSchema.extend({ csrf: oneTime });

/** The address of a link, with its handle. */
export const linkUrl = (publicUrl: string, { path }: Pick<LinkPolicy, 'path'>, handle: string): string =>
  `${publicUrl}${path}?h=${encodeURIComponent(handle)}`;

/** Reads the request's values as the schema says. Throws notFound with this sentence. */
export function checked<S extends z.ZodType>(schema: S, given: unknown, sentence: string): z.output<S> {
  const result = schema.safeParse(given);
  if (!result.success) throw notFound(sentence);
  return result.data;
}

type Handle = Endpoint['handle'];

/** Makes the endpoints of a page, which show their failures as pages, too. */
export function endpointsOf(deps: { log: Log }, face: PageFace) {
  const safely = (handle: Handle) => ({
    auth: 'open' as const,
    handle: (request: HttpRequest) => handle(request).catch((error) => failed(deps, face, request, error)),
  });
  return {
    get: (path: string, handle: Handle): Endpoint => ({ method: 'GET', path, ...safely(handle) }),
    post: (path: string, handle: Handle, mostBytes = FORM_BYTES): Endpoint => ({
      method: 'POST',
      path,
      form: { mostBytes },
      ...safely(handle),
    }),
  };
}

const STATUS: Record<ErrorCode, number> = {
  invalidInput: 400,
  notAllowed: 403,
  notFound: 404,
  conflict: 409,
  tryLater: 503,
  settings: 500,
};

/** Shows the sentence of a known error; for an unknown one, the browser learns only a reference. */
export function failed(
  { log }: { log: Log },
  { refusal, microsoft, kept = '', again = 'try again' }: PageFace,
  { requestId, path }: HttpRequest,
  error: unknown,
): HttpResponse {
  const marks = error instanceof SignInRefused || error instanceof MicrosoftRefused ? error.marks : undefined;
  if (error instanceof KeyturnError) return refusal(STATUS[error.code], error.sentence, marks);
  if (error instanceof MicrosoftRefused && microsoft) {
    log.warn({ requestId, path, refusal: error.refusal, ...error.marks }, 'Microsoft refused');
    return refusal(502, microsoft(error), marks);
  }
  log.error({ requestId, path, err: error }, 'a page failed');
  const cure = error instanceof StoreUnavailable ? `wait a minute, then ${again}` : again;
  const sentence = `${cure.charAt(0).toUpperCase()}${cure.slice(1)}`;
  return refusal(500, `Something went wrong. ${kept}${sentence}. Reference: ${requestId}.`);
}

/**
 * A `Set-Cookie` that only our own pages get back; `secure` is false only while our address is plain
 * http on loopback.
 */
export const cookieHeader = (cookie: {
  name: string;
  value: string;
  path: string;
  seconds: number;
  secure: boolean;
}): string =>
  `${cookie.name}=${cookie.value}; Path=${cookie.path}; Max-Age=${cookie.seconds}; HttpOnly; SameSite=Lax${cookie.secure ? '; Secure' : ''}`;
