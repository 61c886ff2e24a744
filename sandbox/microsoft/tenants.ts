import { COLLEAGUES, MSP_TENANT_ID } from '../playgroundConfig';
import { ROLES } from './roles';
import { minutesAgo, PERSONAL_TENANT_ID, type SandboxPerson, type SandboxTenant } from './tenant';

const admin = ROLES.globalAdministrator;
const both = [ROLES.userAdministrator, ROLES.privilegedAuthenticationAdministrator];
const never = { onPremisesSyncEnabled: null, onPremisesLastSyncDateTime: null };

const person = (
  objectId: string,
  name: string,
  username: string,
  shows: string,
  more: Partial<SandboxPerson> = {},
): SandboxPerson => ({
  objectId,
  name,
  username,
  shows,
  roles: [],
  ...more,
});

export const TENANTS: readonly SandboxTenant[] = [
  {
    tenantId: 'a1c9d0f2-3b64-4e0a-9a57-0d6c1b2e4f01',
    domain: 'northwindtraders.example',
    displayName: 'Northwind Traders',
    shows: 'Cloud only: everybody lives in Microsoft 365',
    synchronization: never,
    users: { synced: 0, cloudOnly: 38 },
    rolesOnConsent: both,
    people: [
      person(
        'a1c9d0f2-0000-4000-8000-000000000001',
        'Nancy Davolio',
        'nancy.davolio@northwindtraders.example',
        'Global Administrator: connects, and every test turns green',
        { roles: [admin] },
      ),
      person(
        'a1c9d0f2-0000-4000-8000-000000000002',
        'Andrew Fuller',
        'andrew.fuller@northwindtraders.example',
        'An ordinary user: not an administrator',
      ),
    ],
  },
  {
    tenantId: 'b2d8e1a3-4c75-4f1b-8b68-1e7d2c3f5a02',
    domain: 'fabrikam.example',
    displayName: 'Fabrikam Manufacturing',
    shows:
      'Hybrid with Microsoft Entra Connect: 120 people synced from Active Directory, 6 administrators only in the cloud',
    synchronization: {
      onPremisesSyncEnabled: true,
      onPremisesLastSyncDateTime: minutesAgo(11),
      onPremisesLastPasswordSyncDateTime: minutesAgo(2),
    },
    users: { synced: 120, cloudOnly: 6 },
    rolesOnConsent: both,
    people: [
      person(
        'b2d8e1a3-0000-4000-8000-000000000001',
        'Marta Keller',
        'marta.keller@fabrikam.example',
        'Global Administrator: connects, and Microsoft Entra Connect is found',
        { roles: [admin] },
      ),
      person(
        'b2d8e1a3-0000-4000-8000-000000000002',
        'Jonas Brandt',
        'jonas.brandt@fabrikam.example',
        'An ordinary user synced from Active Directory',
        { synced: true },
      ),
    ],
  },
  {
    tenantId: 'c3e7f2b4-5d86-4a2c-9c79-2f8e3d4a6b03',
    domain: 'tailspintoys.example',
    displayName: 'Tailspin Toys',
    shows: 'Once hybrid, no longer: synchronization was switched off last year',
    synchronization: { onPremisesSyncEnabled: false, onPremisesLastSyncDateTime: minutesAgo(60 * 24 * 400) },
    users: { synced: 0, cloudOnly: 54 },
    rolesOnConsent: [ROLES.userAdministrator],
    people: [
      person(
        'c3e7f2b4-0000-4000-8000-000000000001',
        'Priya Raman',
        'priya.raman@tailspintoys.example',
        'Global Administrator: connects; administrators cannot be reset',
        { roles: [admin] },
      ),
    ],
  },
  {
    tenantId: 'd4f6a3c5-6e97-4b3d-8d8a-3a9f4e5b7c04',
    domain: 'wingtip.example',
    displayName: 'Wingtip Dental',
    shows: 'The person who signs in lacks the Global Administrator role',
    synchronization: never,
    users: { synced: 0, cloudOnly: 12 },
    rolesOnConsent: both,
    people: [
      person(
        'd4f6a3c5-0000-4000-8000-000000000001',
        'Olu Adeyemi',
        'olu.adeyemi@wingtip.example',
        'User Administrator only: refused',
        { roles: [ROLES.userAdministrator] },
      ),
    ],
  },
  {
    tenantId: 'e5a5b4d6-7fa8-4c4e-9e9b-4bab5f6c8d05',
    domain: 'litware.example',
    displayName: 'Litware Legal',
    shows: 'Its administrator declines the consent',
    synchronization: never,
    users: { synced: 0, cloudOnly: 21 },
    consent: 'declined',
    rolesOnConsent: [],
    people: [
      person(
        'e5a5b4d6-0000-4000-8000-000000000001',
        'Sofia Marino',
        'sofia.marino@litware.example',
        'Global Administrator who declines',
        { roles: [admin] },
      ),
    ],
  },
  {
    tenantId: 'f6b4c5e7-8ab9-4d5f-8fac-5cbc6a7d9e06',
    domain: 'woodgrove.example',
    displayName: 'Woodgrove Bank',
    shows: 'Conditional Access blocks the sign-in',
    synchronization: { onPremisesSyncEnabled: true, onPremisesLastSyncDateTime: minutesAgo(25) },
    users: { synced: 40, cloudOnly: 5 },
    rolesOnConsent: both,
    people: [
      person(
        'f6b4c5e7-0000-4000-8000-000000000001',
        'Henrik Lund',
        'henrik.lund@woodgrove.example',
        'Global Administrator: blocked on the sign-in page',
        { roles: [admin], refusal: { code: '53003', at: 'authorize' } },
      ),
      person(
        'f6b4c5e7-0000-4000-8000-000000000002',
        'Grace Mbeki',
        'grace.mbeki@woodgrove.example',
        'Global Administrator: blocked after the sign-in page',
        { roles: [admin], refusal: { code: '53003', at: 'token' } },
      ),
    ],
  },
  {
    tenantId: '07c3d6f8-9bca-4e6a-90bd-6dcd7b8eaf07',
    domain: 'alpineski.example',
    displayName: 'Alpine Ski House',
    shows: 'The app gets no directory role: connected, but passwords cannot be reset yet',
    synchronization: { onPremisesSyncEnabled: true, onPremisesLastSyncDateTime: minutesAgo(18) },
    users: { synced: 63, cloudOnly: 4 },
    rolesOnConsent: [],
    people: [
      person(
        '07c3d6f8-0000-4000-8000-000000000001',
        'Luca Steiner',
        'luca.steiner@alpineski.example',
        'Global Administrator: connects, one test stays red until a role is assigned',
        { roles: [admin] },
      ),
    ],
  },
  {
    tenantId: MSP_TENANT_ID,
    domain: 'msp.example',
    displayName: 'Bright Harbour IT',
    shows: 'The managed service provider itself',
    granted: ['User.Read.All'],
    synchronization: never,
    users: { synced: 0, cloudOnly: 9 },
    rolesOnConsent: both,
    people: [
      person(
        '8b2f9b50-32a1-4f0e-a7a5-1f6f0a6b1c01',
        'Alex Wilber',
        'alex.wilber@msp.example',
        'You, the technician; also Global Administrator of the provider: refused as a customer unless it is meant',
        { roles: [admin] },
      ),
      ...COLLEAGUES.map(({ objectId, given, surname }) =>
        person(
          objectId,
          `${given} ${surname}`,
          `${given}.${surname}@msp.example`.toLowerCase(),
          'A colleague: the links of the technician are not for others',
        ),
      ),
    ],
  },
  {
    tenantId: PERSONAL_TENANT_ID,
    domain: 'outlook.example',
    displayName: 'Personal account',
    shows: 'A personal Microsoft account, which belongs to no organization',
    synchronization: {},
    users: { synced: 0, cloudOnly: 0 },
    rolesOnConsent: [],
    people: [
      person(
        '00000000-0000-0000-66f3-3332eca7ea81',
        'Robin Hale',
        'robin.hale@outlook.example',
        'Personal Microsoft account: refused',
      ),
    ],
  },
  {
    tenantId: '18d2e7a9-acdb-4f7b-81ce-7ede8c9fba10',
    domain: 'proseware.example',
    displayName: 'Proseware Clinics',
    shows: 'More proof is demanded than a password',
    synchronization: { onPremisesSyncEnabled: null },
    users: { synced: 0, cloudOnly: 16 },
    rolesOnConsent: both,
    people: [
      person(
        '18d2e7a9-0000-4000-8000-000000000001',
        'Yara Haddad',
        'yara.haddad@proseware.example',
        'Global Administrator: a second factor is demanded',
        { roles: [admin], refusal: { code: '50076', at: 'authorize' } },
      ),
      person(
        '18d2e7a9-0000-4000-8000-000000000002',
        'Ben Okafor',
        'ben.okafor@proseware.example',
        'Global Administrator: a managed device is demanded',
        { roles: [admin], refusal: { code: '53000', at: 'authorize' } },
      ),
    ],
  },
];
