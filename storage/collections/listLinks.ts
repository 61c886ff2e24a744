import type { ListLink } from '../../domain/imports/listLink';
import type { CollectionDef } from './collectionDef';

/** An expired link opens nothing. */
export const listLinks: CollectionDef<ListLink> = {
  name: 'listLinks',
  keys: { runId: (link) => link.runId },
  unique: {},
  expires: (link) => link.expiresAt,
};
