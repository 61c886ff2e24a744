import type { Integration } from '../integrations/integration';
import type { Organization } from './organization';

export interface OrganizationPage {
  organizations: Organization[];
  /** Rows that do not fit the vendor's own description of an organization; reported, never fatal. */
  bad: { id: string; why: string }[];
  /** Opaque; absent at the end. The same token twice means an endless list. */
  next?: string;
  /** How many pages and organizations there are, where the vendor says so. */
  totalPages?: number;
  total?: number;
}

/** Why a vendor could not be read; each has its own sentence in domain/integrations/sourceSentences.ts. */
export type SourceRefusal =
  | 'unreachable' // name not found, refused, timed out
  | 'notTrusted' // its certificate is not trusted
  | 'badHost' // not a host name, or with path, port, scheme
  | 'privateAddress' // resolves to loopback, link-local or private ranges, also after a redirect
  | 'badKey' // 401
  | 'wrongRegion' // IT Glue: the key is known in another region
  | 'noRight' // 403: the key may not read organizations
  | 'tooOld' // Hudu below the version we need
  | 'webPage' // HTML instead of data
  | 'brokenOff' // began as it should and ended in the middle
  | 'notJson' // otherwise not what the vendor sends
  | 'tooLarge'
  | 'endless' // a page that repeats, or a list without an end
  | 'throttled' // still 429 after the waits we allow
  | 'unavailable'; // 5xx

export class SourceRefused extends Error {
  override readonly name = 'SourceRefused';
  constructor(
    readonly refusal: SourceRefusal,
    /** For the sentence: the region that knows the key, the version found, seconds to wait. */
    readonly detail?: string,
    options?: { cause?: unknown },
  ) {
    super(refusal, options);
  }
}

/**
 * One vendor account, read-only. Implemented by connectors/itglue and connectors/hudu; throws SourceRefused.
 */
export interface OrganizationSource {
  /** Proves in a few requests that organizations can be read; resolves to what it found, in a few words. */
  test(signal?: AbortSignal): Promise<string>;
  /** One page of all organizations, the largest that the vendor allows. */
  page(token?: string, signal?: AbortSignal): Promise<OrganizationPage>;
  /** Undefined when it is gone. */
  one(organizationId: string): Promise<Organization | undefined>;
  /** The best matches of a typed name; at most `limit`. */
  search(text: string, limit: number): Promise<Organization[]>;
}

/** Makes the source of an account from its address and its key (in clear, for this call only). */
export interface OrganizationSources {
  of(account: Pick<Integration, 'kind' | 'address'>, apiKey: string): OrganizationSource;
}
