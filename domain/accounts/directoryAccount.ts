import type { DirectoryUser } from '../agentProtocol/directoryUser';

/**
 * A user of a customer's Active Directory, as the agent last told it. The document id is customer id and
 * objectGUID.
 */
export interface DirectoryAccount {
  customerId: string;
  user: DirectoryUser;
  /** The last inventory that the user was part of. */
  snapshot: string;
  seenAt: number;
  /** The agent that told it; absent on accounts of earlier versions. */
  toldBy?: string;
}

export const directoryAccountId = (customerId: string, objectGuid: string): string =>
  `${customerId}|${objectGuid}`;

/** The domain of a distinguished name: its DC parts, in lower case. */
export const domainOf = (distinguishedName: string): string =>
  (distinguishedName.match(/(?<=^|[^\\],)dc=[^,]+/gi) ?? []).join(',').toLowerCase();

/**
 * An inventory that is being uploaded, and which of its pages arrived. The document id is agent id and
 * snapshot.
 */
export interface InventoryUpload {
  customerId: string;
  pages: number[];
  /** The number of the last page, once that page has come. */
  lastPage?: number;
  users: number;
  /** The domains of its users. Keyturn removes unseen accounts in these domains alone. */
  domains: string[];
  /** The directory has users whom the agent cannot name. Then Keyturn removes nobody. */
  incomplete?: boolean;
  startedAt: number;
  finishedAt?: number;
}
