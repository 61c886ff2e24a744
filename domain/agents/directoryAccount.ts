import type { DirectoryUser } from '../agentProtocol/directoryUser';

/** A user of a customer's Active Directory as its agent last told; the document id is customer id and objectGUID. */
export interface DirectoryAccount {
  customerId: string;
  user: DirectoryUser;
  /** The inventory it was last part of. */
  snapshot: string;
  seenAt: number;
}

export const directoryAccountId = (customerId: string, objectGuid: string): string =>
  `${customerId}|${objectGuid}`;

/** An inventory on its way: which pages are there. The document id is agent id and snapshot. */
export interface InventoryUpload {
  customerId: string;
  pages: number[];
  /** The number of the last page, once it came. */
  lastPage?: number;
  users: number;
  startedAt: number;
  finishedAt?: number;
}
