import type { SyncChoice } from '../sync/syncMode';
import type { TenantConnection } from '../tenants/tenantConnection';

/**
 * The state of a customer's Active Directory. `waiting`: it was chosen, and its agent has not reported yet.
 */
export type ActiveDirectoryState =
  | { state: 'notChosen' }
  | { state: 'waiting'; since: number }
  | { state: 'online'; since: number; agents?: AgentsHealth }
  | { state: 'offline'; since: number };

/**
 * What is wrong with the agents of a customer that has one online: another one is `someOffline`, one cannot
 * read its `directory`, or no agent can ask Microsoft Entra `connect` for a delta sync. Absent on records of
 * earlier versions.
 */
export type AgentsHealth = 'well' | 'someOffline' | 'directory' | 'connect';

/**
 * The state of a customer's Microsoft 365. `chosen`: wanted, and not connected; `before`: the tenant that
 * was disconnected last.
 */
export type Office365State =
  | { state: 'notChosen' }
  | { state: 'chosen'; since: number; before?: { tenantId: string; displayName: string } }
  | { state: 'connecting'; since: number; tenant: TenantConnection }
  | { state: 'connected'; since: number; tenant: TenantConnection };

/** A company whose directories and passwords the MSP looks after. */
export interface Customer {
  id: string;
  name: string;
  /** Equal for names that people would call the same, see nameKeyOf. Unique among active customers. */
  nameKey: string;
  status: 'active' | 'removed';
  /** The customer can be restored until `purgeAt`; 0 once its deletion began. */
  removed?: { at: number; by: { id: string; name: string }; purgeAt: number; byRequest: string };
  activeDirectory: ActiveDirectoryState;
  office365: Office365State;
  sync?: SyncChoice;
  createdAt: number;
  createdBy: { id: string; name: string };
  /** The request that made it: a repeat of that request finds its own work instead of making a duplicate. */
  createdByRequest: string;
  changedAt: number;
}
