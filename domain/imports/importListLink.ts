import { z } from 'zod';
import { conflict } from '../errors';
import type { LinkKind } from '../links/linkPolicy';
import { type OwnerDeps, openForOwner, useLink } from '../links/useLink';
import type { Stored } from '../ports';
import type { Stores } from '../stores/stores';
import { runById } from './changeRun';
import { type ImportRun, isOpen } from './importRun';

const facts = z.object({ runId: z.string() });
type Facts = z.output<typeof facts>;

/** Opens the list of an import that has ended, as often as it is asked for. */
export const importListLink: LinkKind<Facts, Facts, Pick<Stores, 'importRuns'>> = {
  kind: 'importList',
  path: '/imports/list',
  permission: 'organizations.import',
  lifeMs: 10 * 60_000,
  once: false,
  bindsBrowser: 'owner',
  facts,
  words: {
    notOpen:
      'This link is unknown or older than ten minutes. Choose “Get the list” on the import’s card again.',
  },
  /** Throws notFound for an import that is gone, conflict for one that goes on. */
  async prepare({ importRuns }, { runId }) {
    const run = await runById(importRuns, runId);
    if (isOpen(run.value)) throw conflict('This import goes on. Its list can be had when it has ended.');
    return { facts: { runId } };
  },
};

export interface ListLinkDeps extends OwnerDeps, Pick<Stores, 'importRuns'> {}

/** The import of a link that is opened, once or again. Throws as `openForOwner`, and notFound for an import that is gone. */
export async function openListLink(deps: ListLinkDeps, handle: string): Promise<Stored<ImportRun>> {
  const { link } = await openForOwner(deps, importListLink, handle);
  await useLink(deps, importListLink, link);
  return runById(deps.importRuns, link.value.facts.runId);
}
