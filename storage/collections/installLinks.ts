import type { InstallLink } from '../../domain/agents/installLink';
import type { CollectionDef } from './collectionDef';

/** An expired link opens nothing. */
export const installLinks: CollectionDef<InstallLink> = {
  name: 'installLinks',
  keys: { customerId: (link) => link.customerId },
  unique: {},
  expires: (link) => link.expiresAt,
};
