import type { Organization } from '@microsoft/microsoft-graph-types';
import type { PolicyRefusal } from './signInErrors';

/** Somebody who can be picked on the sign-in page. */
export interface SandboxPerson {
  username: string;
  name: string;
  objectId: string;
  /** Role template ids. */
  roles: readonly string[];
  /** What happens when this person signs in, for the reader of the sign-in page. */
  shows: string;
  synced?: boolean;
  refusal?: { code: PolicyRefusal; at: 'authorize' | 'token' };
}

export interface SandboxTenant {
  tenantId: string;
  domain: string;
  /** What this tenant is there to show. */
  shows: string;
  /** Its synchronization, exactly as `organization` says it; what is left out is missing from the answer. */
  synchronization: Pick<Organization, 'onPremisesSyncEnabled' | 'onPremisesLastSyncDateTime'> & {
    onPremisesLastPasswordSyncDateTime?: string | null;
  };
  displayName: string;
  people: readonly SandboxPerson[];
  /** All users, the people included. */
  users: { synced: number; cloudOnly: number };
  /** What its administrator answers on the consent page whatever button is pressed. */
  consent?: 'declined';
  /**
   * Directory roles of our service principal right after consent. In a real tenant an administrator assigns them by
   * hand; the tenants that have some here stand for tenants where that was done at once.
   */
  rolesOnConsent: readonly string[];
}

/** Minutes before the sandbox was started, kept symbolic until then. */
export const minutesAgo = (minutes: number): string => `-PT${minutes}M`;

/** Microsoft's own tenant for personal accounts. */
export const PERSONAL_TENANT_ID = '9188040d-6c67-4c5b-b112-36a304b66dad';
