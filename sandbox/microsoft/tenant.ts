import type { Organization } from '@microsoft/microsoft-graph-types';
import type { PolicyRefusal } from './signInErrors';

/** A person who can be picked on the sign-in page. */
export interface SandboxPerson {
  username: string;
  name: string;
  objectId: string;
  /** Role template ids. */
  roles: readonly string[];
  /** What happens when this person signs in, for readers of the sign-in page. */
  shows: string;
  synced?: boolean;
  refusal?: { code: PolicyRefusal; at: 'authorize' | 'token' };
}

export interface SandboxTenant {
  tenantId: string;
  domain: string;
  /** What this tenant demonstrates. */
  shows: string;
  /**
   * Its synchronization, exactly as `organization` shows it. A property that is left out is missing from the
   * answer.
   */
  synchronization: Pick<Organization, 'onPremisesSyncEnabled' | 'onPremisesLastSyncDateTime'> & {
    onPremisesLastPasswordSyncDateTime?: string | null;
  };
  displayName: string;
  /** Application permissions that an administrator granted to our app before the sandbox starts. */
  granted?: readonly string[];
  people: readonly SandboxPerson[];
  /** All users, including the people. */
  users: { synced: number; cloudOnly: number };
  /** Its administrator's answer on the consent page, no matter which button is pressed. */
  consent?: 'declined';
  /**
   * Directory roles of our service principal right after consent. In a real tenant an administrator assigns
   * them by hand. Tenants with roles here stand for tenants where an administrator did that at once.
   */
  rolesOnConsent: readonly string[];
}

/** Minutes before the sandbox starts; resolved at that time. */
export const minutesAgo = (minutes: number): string => `-PT${minutes}M`;

/** Microsoft's own tenant for personal accounts. */
export const PERSONAL_TENANT_ID = '9188040d-6c67-4c5b-b112-36a304b66dad';
