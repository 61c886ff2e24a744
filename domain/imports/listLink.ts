import { conflict, notAllowed, notFound } from '../errors';
import type { LinkOwner } from '../links/visit';
import { actorOf, type PeopleDeps } from '../people/people';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Clock, Random, Stored } from '../ports';
import type { Stores } from '../stores/stores';
import { hashOf } from '../tenants/oneTime';
import { runById } from './changeRun';
import { type ImportRun, isOpen, type ListLink } from './importRun';

const LIST_LINK_MS = 10 * 60_000;

export interface ListLinkDeps
  extends Pick<PeopleDeps, 'people' | 'firstAdmins'>,
    Pick<Stores, 'importRuns' | 'listLinks'> {
  clock: Clock;
}

const NOT_OPEN =
  'This link is unknown or older than ten minutes. Choose “Get the list” on the import’s card again.';

/**
 * Opens the list of an import that has ended to this person, for ten minutes. The handle belongs into the link and nowhere
 * else: it is not stored. Throws notFound for an import that is gone, conflict for one that goes on.
 */
export async function issueListLink(
  deps: Pick<ListLinkDeps, 'importRuns' | 'listLinks' | 'clock'> & { random: Random },
  actor: Actor,
  runId: string,
): Promise<{ handle: string; expiresAt: number }> {
  permit(actor, 'organizations.import');
  const run = await runById(deps.importRuns, runId);
  if (isOpen(run.value)) throw conflict('This import goes on. Its list can be had when it has ended.');
  const handle = deps.random.token(32);
  const now = deps.clock.now();
  const expiresAt = now + LIST_LINK_MS;
  const person = { id: actor.id, name: actor.name };
  await deps.listLinks.insert(hashOf(handle), { runId, person, createdAt: now, expiresAt });
  return { handle, expiresAt };
}

/**
 * The import of a link that is opened, once or again. Throws notFound for an unknown or expired link, notAllowed when the
 * person that it was made for may not import any more.
 */
export async function openListLink(deps: ListLinkDeps, handle: string): Promise<Stored<ImportRun>> {
  const { person, runId } = (await openLink(deps, handle)).value;
  const actor = await actorOf(deps, { ...person, conversationId: '' });
  if (!actor?.permissions.has('organizations.import'))
    throw notAllowed('This link was made for somebody who may not import organizations any more.');
  return runById(deps.importRuns, runId);
}

/** Whose link it is; nothing is looked at behind it. Throws notFound. */
export async function listLinkOwner(
  deps: Pick<ListLinkDeps, 'listLinks' | 'clock'>,
  handle: string,
): Promise<LinkOwner> {
  const { person, expiresAt } = (await openLink(deps, handle)).value;
  return { person, conversationId: '', expiresAt };
}

async function openLink(
  { listLinks, clock }: Pick<ListLinkDeps, 'listLinks' | 'clock'>,
  handle: string,
): Promise<Stored<ListLink>> {
  const link = await listLinks.get(hashOf(handle));
  if (!link || link.value.expiresAt <= clock.now()) throw notFound(NOT_OPEN);
  return link;
}
