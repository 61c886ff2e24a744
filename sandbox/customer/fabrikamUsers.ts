import type { User } from '@microsoft/microsoft-graph-types';
import type { DirectoryUser } from '../../domain/agentProtocol/directoryUser';

export const FABRIKAM = 'fabrikam.example';
const STAFF = 'OU=Staff,DC=fabrikam,DC=example';
const DOMAIN_ADMINS = 'CN=Domain Admins,CN=Users,DC=fabrikam,DC=example';
const SID = 'S-1-5-21-2857422465-1465058494-1690550294';
const NORMAL = 512;
const DISABLED = 514;

/** A user of the customer's Active Directory before it has a password. */
export type NewUser = Partial<DirectoryUser> & {
  samAccountName: string;
  displayName: string;
  mustChange?: boolean;
};

/**
 * The users that Microsoft Entra Connect carries into the tenant, and some that it does not; always the
 * same.
 */
export function fabrikamUsers(users: readonly User[]): NewUser[] {
  const synced = users.filter(({ onPremisesSyncEnabled }) => onPremisesSyncEnabled).map(fromCloud);
  const [, second, third] = synced;
  if (second) second.userAccountControl = DISABLED;
  if (third) third.mustChange = true;
  return [...synced, ...ONLY_HERE];
}

const fromCloud = (user: User): NewUser => ({
  samAccountName: user.onPremisesSamAccountName ?? '',
  displayName: user.displayName ?? '',
  userPrincipalName: user.userPrincipalName ?? '',
  mail: user.mail ?? '',
  distinguishedName: `CN=${user.displayName},${STAFF}`,
  objectSid: user.onPremisesSecurityIdentifier ?? '',
  consistencyGuid: user.onPremisesImmutableId ?? '',
});

const onlyHere = (
  number: number,
  samAccountName: string,
  displayName: string,
  more: Partial<NewUser> = {},
): NewUser => ({
  samAccountName,
  displayName,
  userPrincipalName: `${samAccountName}@${FABRIKAM}`,
  distinguishedName: `CN=${displayName},${STAFF}`,
  objectSid: `${SID}-${number}`,
  userAccountControl: NORMAL,
  ...more,
});

const ONLY_HERE: NewUser[] = [
  onlyHere(1001, 'adm-brandt', 'Jonas Brandt (administrator)', { adminCount: 1, memberOf: [DOMAIN_ADMINS] }),
  onlyHere(9001, 'zoe.ångström', 'Zoë Ångström-Łukasiewicz 佐藤'),
  onlyHere(9002, 'svc-backup', 'Backup service', {
    distinguishedName: 'CN=Backup service,CN=Users,DC=fabrikam,DC=example',
  }),
];
