import type { User } from '@microsoft/microsoft-graph-types';
import type { SandboxPerson, SandboxTenant } from './tenant';

const GIVEN = [
  'Amelia',
  'Bruno',
  'Chloe',
  'Dmitri',
  'Elif',
  'Farid',
  'Greta',
  'Hugo',
  'Ines',
  'Jakub',
  'Keiko',
  'Liam',
  'Mina',
  'Noah',
  'Orla',
  'Pavel',
];
const SURNAMES = [
  'Abara',
  'Bauer',
  'Costa',
  'Dubois',
  'Eriksen',
  'Fischer',
  'Gomez',
  'Hughes',
  'Ivanov',
  'Jensen',
  'Kowalski',
  'Lindqvist',
  'Moreau',
];
const CLOUD_ONLY = ['Break Glass One', 'Break Glass Two', 'Directory Sync', 'Security Desk'];

/** As many users as the tenant declares: first its people, then made-up users, always the same. */
export function makeUsers(tenant: SandboxTenant, now: number): User[] {
  const people = tenant.people.map((person) => fromPerson(tenant, person, now));
  const missing = (synced: boolean, wanted: number) =>
    wanted - tenant.people.filter((person) => !!person.synced === synced).length;
  return [
    ...people,
    ...madeUpUsers(tenant, { synced: true, from: 0, count: missing(true, tenant.users.synced), now }),
    ...madeUpUsers(tenant, {
      synced: false,
      from: tenant.users.synced,
      count: missing(false, tenant.users.cloudOnly),
      now,
    }),
  ];
}

/** Users number `from` .. `from + count` of a tenant. The same number is always the same user. */
export function madeUpUsers(
  tenant: SandboxTenant,
  wanted: { synced: boolean; from: number; count: number; now: number },
): User[] {
  return Array.from({ length: Math.max(0, wanted.count) }, (_, index) => {
    const number = wanted.from + index;
    const name = nameOf(number, tenant, wanted.synced);
    const username = `${name.toLowerCase().replaceAll(' ', '.')}${number < GIVEN.length * SURNAMES.length ? '' : number}@${tenant.domain}`;
    const objectId = `${tenant.tenantId.slice(0, 8)}-1000-4000-8000-${(number + 1).toString(16).padStart(12, '0')}`;
    return fromPerson(tenant, { objectId, name, username, synced: wanted.synced }, wanted.now);
  });
}

function nameOf(number: number, tenant: SandboxTenant, synced: boolean): string {
  const privileged =
    tenant.users.synced > 0 && !synced ? CLOUD_ONLY[number - tenant.users.synced] : undefined;
  if (privileged) return privileged;
  const given = GIVEN[number % GIVEN.length] ?? '';
  // 16 and 13 share no divisor, so 208 different pairs come before the first one repeats.
  return `${given} ${SURNAMES[number % SURNAMES.length] ?? ''}`;
}

function fromPerson(
  tenant: SandboxTenant,
  person: Pick<SandboxPerson, 'objectId' | 'name' | 'username' | 'synced'>,
  now: number,
): User {
  const [givenName = '', ...rest] = person.name.split(' ');
  return {
    id: person.objectId,
    displayName: person.name,
    givenName,
    surname: rest.join(' '),
    userPrincipalName: person.username,
    mail: person.username,
    businessPhones: [],
    jobTitle: null,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    accountEnabled: true,
    userType: 'Member',
    createdDateTime: '2019-04-02T09:20:00Z',
    lastPasswordChangeDateTime: `${new Date(now - 45 * 86_400_000).toISOString().slice(0, 19)}Z`,
    ...(person.synced ? onPremises(tenant, person) : CLOUD),
  };
}

const CLOUD: Partial<User> = {
  onPremisesSyncEnabled: null,
  onPremisesSamAccountName: null,
  onPremisesDistinguishedName: null,
  onPremisesDomainName: null,
  onPremisesImmutableId: null,
  onPremisesSecurityIdentifier: null,
  onPremisesUserPrincipalName: null,
};

function onPremises(
  tenant: SandboxTenant,
  person: Pick<SandboxPerson, 'objectId' | 'name' | 'username'>,
): Partial<User> {
  const number = Number.parseInt(person.objectId.slice(-8), 16);
  const internal = `ad.${tenant.domain}`;
  return {
    onPremisesSyncEnabled: true,
    onPremisesSamAccountName: person.username.split('@')[0]?.slice(0, 20),
    onPremisesDistinguishedName: `CN=${person.name},OU=Staff,${internal
      .split('.')
      .map((part) => `DC=${part}`)
      .join(',')}`,
    onPremisesDomainName: internal,
    onPremisesImmutableId: Buffer.from(person.objectId.replaceAll('-', ''), 'hex').toString('base64'),
    onPremisesSecurityIdentifier: `S-1-5-21-2857422465-1465058494-1690550294-${1100 + number}`,
    onPremisesUserPrincipalName: person.username,
  };
}
