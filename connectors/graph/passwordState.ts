import { z } from 'zod';
import type { CloudPasswordState, TenantDirectory } from '../../domain/tenants/ports';
import type { Graph } from './graphClient';
import { readWhole } from './readPages';

type Account = Parameters<TenantDirectory['passwordState']>[1];

const userSchema = z.object({
  onPremisesSyncEnabled: z.boolean().nullish().catch(undefined),
  onPremisesSecurityIdentifier: z.string().nullish(),
  lastPasswordChangeDateTime: z.string().nullish().catch(undefined),
});

const FIELDS = 'id,onPremisesSyncEnabled,onPremisesSecurityIdentifier,lastPasswordChangeDateTime';

/**
 * Finds the user by immutable id, else by name. A user whose SID differs belongs to another account in Active
 * Directory and does not count. https://learn.microsoft.com/graph/api/resources/user: `onPremisesImmutableId`
 * supports `eq`. Throws MicrosoftRefused.
 */
export async function readPasswordState(client: Graph, account: Account): Promise<CloudPasswordState> {
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

async function found(client: Graph, property: string, value: string) {
  const filter = encodeURIComponent(`${property} eq '${value.replaceAll("'", "''")}'`);
  const path = `/users?$filter=${filter}&$select=${FIELDS}&$top=2`;
  const users = await readWhole(client, path, userSchema);
  return users.length === 1 ? users[0] : undefined;
}

const isAnother = (
  { onPremisesSecurityIdentifier: sid }: z.infer<typeof userSchema>,
  { objectSid }: Account,
): boolean => Boolean(sid && objectSid && sid !== objectSid);
