import { nameKeyOf } from '../customers/customerName';
import type { Clock, Stored } from '../ports';
import type { Needs } from '../stores/core';
import { pages } from '../stores/pages';
import { unlessChanged } from '../stores/retried';
import type { Stores } from '../stores/stores';
import type { Organization, OrganizationLink } from './organization';
import { type OrganizationSource, type SourceRefusal, SourceRefused } from './ports';
import { readList } from './readList';

/**
 * `unconfirmed`: the list leaves them out, and nobody asked for them one by one or the answer was unclear;
 * they stay as they were seen last.
 */
export type Refreshed = Record<
  'links' | 'renamed' | 'archived' | 'inactive' | 'gone' | 'merged' | 'unconfirmed',
  number
>;

type RefreshDeps = Needs<'links', 'clock'>;

type Upstream = OrganizationLink['upstream'];

/** How many organizations that a list leaves out are asked for one by one. */
const MOST_ASKED = 200;

/**
 * Looks at what became of every linked organization of an integration and writes it only into
 * `link.upstream`: no customer is renamed, removed or unlinked. Writes nothing unless it read the list to its
 * end; safe to repeat. An organization that the list leaves out is gone only when the vendor says so about
 * that one. Throws SourceRefused.
 */
export async function refreshLinks(
  deps: RefreshDeps,
  request: { integrationId: string; source: OrganizationSource },
): Promise<Refreshed> {
  const result = { links: 0, renamed: 0, archived: 0, inactive: 0, gone: 0, merged: 0, unconfirmed: 0 };
  if ((await deps.stores.links.count({ where: { integrationId: request.integrationId } })) === 0)
    return result;
  const listed = await readAll(request.source, deps.clock);
  let asked = 0;
  for await (const link of linksOfIntegration(deps.stores.links, request.integrationId)) {
    result.links += 1;
    const { organizationId } = link.value;
    const known = listed.byId.get(organizationId);
    const found =
      known ?? (++asked > MOST_ASKED ? 'unclear' : await askedFor(request.source, organizationId));
    if (found === 'unclear') {
      result.unconfirmed += 1;
      continue;
    }
    const seen = found === 'gone' ? goneAs(link.value, listed) : seenAs(found);
    if (await write(deps, link, seen)) count(result, link.value.upstream, seen);
  }
  return result;
}

interface Listed {
  byId: ReadonlyMap<string, Organization>;
  byName: ReadonlyMap<string, Organization>;
}

async function readAll(source: OrganizationSource, clock: Clock): Promise<Listed> {
  const byId = new Map<string, Organization>();
  const byName = new Map<string, Organization>();
  await readList(source, clock, ({ organizations }) => {
    for (const organization of organizations) {
      byId.set(organization.id, organization);
      if (organization.state !== 'archived') byName.set(nameKeyOf(organization.name), organization);
    }
  });
  return { byId, byName };
}

/**
 * Answers that say nothing about one organization: a web page of something in between, a row that
 * cannot be read.
 */
const UNCLEAR: ReadonlySet<SourceRefusal> = new Set(['webPage', 'notJson', 'brokenOff', 'tooLarge']);

async function askedFor(source: OrganizationSource, id: string): Promise<Organization | 'gone' | 'unclear'> {
  try {
    return (await source.one(id)) ?? 'gone';
  } catch (error) {
    if (error instanceof SourceRefused && UNCLEAR.has(error.refusal)) return 'unclear';
    throw error;
  }
}

async function* linksOfIntegration(
  links: Stores['links'],
  integrationId: string,
): AsyncGenerator<Stored<OrganizationLink>> {
  for await (const page of pages(links, { where: { integrationId }, limit: 200 })) yield* page;
}

type UpstreamState = Omit<Upstream, 'seenAt'>;

const seenAs = ({ name, url, state }: Organization): UpstreamState => ({ name, ...(url && { url }), state });

/** The organization is gone; when another one has its name now, the two were most likely merged. */
function goneAs({ upstream }: OrganizationLink, { byName }: Listed): UpstreamState {
  const { name, url } = upstream;
  const other = byName.get(nameKeyOf(name));
  return {
    name,
    ...(url && { url }),
    state: 'gone',
    ...(other && { mergedInto: { organizationId: other.id, name: other.name } }),
  };
}

/** False when nothing changed, or somebody changed the link meanwhile: the next refresh looks again. */
async function write(
  deps: RefreshDeps,
  link: Stored<OrganizationLink>,
  seen: UpstreamState,
): Promise<boolean> {
  const { name, url, state, mergedInto } = link.value.upstream;
  const same =
    name === seen.name &&
    url === seen.url &&
    state === seen.state &&
    mergedInto?.organizationId === seen.mergedInto?.organizationId;
  if (same) return false;
  const upstream = { ...seen, seenAt: deps.clock.now() };
  return (await unlessChanged(deps.stores.links.replace(link, { ...link.value, upstream }))) !== undefined;
}

function count(result: Refreshed, before: Upstream, { name, state, mergedInto }: UpstreamState): void {
  if (name !== before.name) result.renamed += 1;
  if (mergedInto) result.merged += 1;
  else if (state !== before.state && state !== 'active') result[state] += 1;
}
