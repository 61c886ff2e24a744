import type { DirectoryUser } from '../agentProtocol/directoryUser';

/** A user of a customer's Active Directory as its agent last told; the document id is customer id and objectGUID. */
export interface DirectoryAccount {
  customerId: string;
  user: DirectoryUser;
  /** The inventory it was last part of. */
  snapshot: string;
  seenAt: number;
  /** The agent that told it; absent on those of earlier versions. */
  toldBy?: string;
}

export const directoryAccountId = (customerId: string, objectGuid: string): string =>
  `${customerId}|${objectGuid}`;

/** The domain of a distinguished name: its DC parts, in lower case. */
export const domainOf = (distinguishedName: string): string =>
  (distinguishedName.match(/(?<=^|[^\\],)dc=[^,]+/gi) ?? []).join(',').toLowerCase();

/** An inventory on its way: which pages are there. The document id is agent id and snapshot. */
export interface InventoryUpload {
  customerId: string;
  pages: number[];
  /** The number of the last page, once it came. */
  lastPage?: number;
  users: number;
  /** The domains its users are of: what was not part of it is removed in these alone. */
  domains: string[];
  /** Somebody is there whom nobody can name: then nobody is removed. */
  incomplete?: boolean;
  startedAt: number;
  finishedAt?: number;
}
