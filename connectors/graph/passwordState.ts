import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import type { CloudPasswordState, TenantDirectory } from '../../domain/tenants/ports';
import { read } from './graphClient';

type Account = Parameters<TenantDirectory['passwordState']>[1];

const userSchema = z.object({
  onPremisesSyncEnabled: z.boolean().nullish(),
  onPremisesSecurityIdentifier: z.string().nullish(),
  lastPasswordChangeDateTime: z.string().nullish(),
});
const usersSchema = z.object({ value: z.array(userSchema) });

const FIELDS = 'id,onPremisesSyncEnabled,onPremisesSecurityIdentifier,lastPasswordChangeDateTime';

/**
 * Found by immutable id, else by name; either way a user whose SID differs is of another account in Active Directory, and does not count.
 * https://learn.microsoft.com/graph/api/resources/user: `onPremisesImmutableId` supports `eq`. Throws MicrosoftRefused.
 */
export async function readPasswordState(client: Client, account: Account): Promise<CloudPasswordState> {
  const user =
    (await found(client, 'onPremisesImmutableId', account.immutableId)) ??
    (account.userPrincipalName && (await found(client, 'userPrincipalName', account.userPrincipalName)));
  if (!user || isAnother(user, account)) return { found: false };
  const changedAt = Date.parse(user.lastPasswordChangeDateTime ?? '');
  return {
    found: true,
    synced: user.onPremisesSyncEnabled ?? null,
    ...(changedAt > 0 && { lastPasswordChangeAt: changedAt }),
  };
}

async function found(client: Client, property: string, value: string) {
  const filter = encodeURIComponent(`${property} eq '${value.replaceAll("'", "''")}'`);
  const { value: users } = await read(
    client,
    `/users?$filter=${filter}&$select=${FIELDS}&$top=2`,
    usersSchema,
  );
  return users.length === 1 ? users[0] : undefined;
}

const isAnother = (
  { onPremisesSecurityIdentifier: sid }: z.infer<typeof userSchema>,
  { objectSid }: Account,
): boolean => Boolean(sid && objectSid && sid !== objectSid);
