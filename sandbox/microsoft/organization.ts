import type { Organization } from '@microsoft/microsoft-graph-types';
import type { SandboxTenant } from './tenant';

/** A tenant's `organization`, its symbolic times resolved against `now`. */
export function makeOrganization(tenant: SandboxTenant, now: number): Organization {
  const initial = `${tenant.domain.split('.')[0]}.onmicrosoft.example`;
  const capabilities = 'Email, OfficeCommunicationsOnline';
  return {
    id: tenant.tenantId,
    displayName: tenant.displayName,
    countryLetterCode: 'GB',
    createdDateTime: '2019-04-02T09:14:27Z',
    tenantType: 'AAD',
    technicalNotificationMails: [`it@${tenant.domain}`],
    verifiedDomains: [
      { capabilities, isDefault: true, isInitial: false, name: tenant.domain, type: 'Managed' },
      { capabilities, isDefault: false, isInitial: true, name: initial, type: 'Managed' },
    ],
    ...Object.fromEntries(
      Object.entries(tenant.synchronization).map(([key, value]) => [key, resolved(value, now)]),
    ),
  };
}

const resolved = (value: unknown, now: number): unknown => {
  const minutes = typeof value === 'string' ? /^-PT(\d+)M$/.exec(value)?.[1] : undefined;
  if (minutes === undefined) return value;
  return `${new Date(now - Number(minutes) * 60_000).toISOString().slice(0, 19)}Z`;
};
