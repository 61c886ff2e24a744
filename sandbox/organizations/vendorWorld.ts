import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../domain/ports';
import type { SandboxRequest, SandboxResponse } from '../microsoft/http';
import { type Faults, makeFaults, type Refuse } from './faults';
import type { SandboxOrganization } from './organization';
import { makeOrganizationList, type OrganizationList } from './organizationList';
import type { Endless } from './paging';
import { type LimitRule, makeRequestLimit, type RequestLimit } from './requestLimit';

/** What a key may do: everything; everything except reading organizations (403); nothing any more (401). */
export type KeyRights = 'full' | 'noOrganizations' | 'revoked';

/** A call to the sandbox: with its query, but without headers, because they contain the key. */
export interface RecordedRequest {
  method: string;
  path: string;
}

/** What the stand-ins of both vendors share. */
export interface VendorWorld {
  clock: Clock;
  list: OrganizationList;
  limit: RequestLimit;
  faults: Faults;
  recorded: RecordedRequest[];
  latencyMs: number;
  endless?: Endless;
  /** What happens once after the answer with this page of the list, by page number. */
  afterPage: Map<number, () => void>;
}

export interface WorldOptions {
  organizations: SandboxOrganization[];
  limit: LimitRule;
  refuse: Refuse;
  clock?: Clock;
}

/** A limit, because a demo may run for days. */
const MOST_RECORDED = 50_000;

export function makeVendorWorld({ organizations, limit, refuse, clock }: WorldOptions): VendorWorld {
  const ticking = clock ?? { now: () => Date.now() };
  return {
    clock: ticking,
    list: makeOrganizationList(organizations, ticking),
    limit: makeRequestLimit(ticking, limit),
    faults: makeFaults(refuse),
    recorded: [],
    latencyMs: 0,
    afterPage: new Map(),
  };
}

/** Records the call, waits as long as the vendor takes, and answers, or misbehaves as planned. */
export async function serveVendor(
  world: VendorWorld,
  request: SandboxRequest,
  answer: () => SandboxResponse,
): Promise<SandboxResponse> {
  const path = pathOf(request);
  world.recorded.push({ method: request.method, path });
  if (world.recorded.length > MOST_RECORDED) world.recorded.shift();
  if (world.latencyMs > 0) await delay(world.latencyMs);
  return world.faults.through(path, answer);
}

/** Call this after a page of the list was read; it runs what was planned for that moment. */
export function pageWasRead({ afterPage }: VendorWorld, number: number): void {
  const change = afterPage.get(number);
  afterPage.delete(number);
  change?.();
}

const pathOf = ({ path, query }: SandboxRequest): string =>
  query.size ? `${path}?${[...query].map(([name, value]) => `${name}=${value}`).join('&')}` : path;
