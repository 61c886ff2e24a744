import { z } from 'zod';
import { visibleName } from '../../domain/names/visibleText';
import type { Sought, StaffDirectory, StaffMember } from '../../domain/people/staffDirectory';
import { MicrosoftRefused } from '../../domain/tenants/refusals/microsoftRefused';
import { createAppTokens } from './appTokens';
import { type Graph, graphClient } from './graphClient';
import { createQuestions } from './questions';
import { readWhole } from './readPages';
import type { GraphSettings } from './settings';

const userSchema = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  userType: z.string().nullish(),
  accountEnabled: z.boolean().nullish(),
});

const FIELDS = 'id,displayName,userPrincipalName,userType,accountEnabled';

/**
 * Reads people of the MSP's own tenant, with the app that customers consent to; it needs User.Read.All
 * there.
 */
export function createStaffDirectory(
  settings: GraphSettings,
  tenantId: string,
  questions = createQuestions(),
): StaffDirectory {
  const tokens = createAppTokens(settings);
  return {
    async find(sought) {
      questions(tenantId, 'person');
      try {
        const client = await graphClient(settings, (await tokens.of(tenantId)).accessToken);
        return await memberIn(client, sought);
      } catch (error) {
        if (error instanceof MicrosoftRefused && CLOSED.includes(error.refusal)) {
          // The next token may carry a permission that is granted meanwhile.
          tokens.forget(tenantId);
          return 'closed';
        }
        throw error;
      }
    },
  };
}

const CLOSED: readonly MicrosoftRefused['refusal'][] = ['consentLost', 'adminConsentNeeded'];

async function memberIn(client: Graph, sought: Sought): Promise<StaffMember | undefined> {
  if ('objectId' in sought) return only(client, 'id', sought.objectId);
  const { address } = sought;
  return (await only(client, 'userPrincipalName', address)) ?? only(client, 'mail', address);
}

/** Two people with one address are nobody: which of them is meant is not known. */
async function only(client: Graph, property: string, value: string): Promise<StaffMember | undefined> {
  const filter = encodeURIComponent(`${property} eq '${value.replaceAll("'", "''")}'`);
  const users = await readWhole(client, `/users?$filter=${filter}&$select=${FIELDS}&$top=2`, userSchema);
  const [user] = users;
  return user && users.length === 1 ? memberOf(user) : undefined;
}

function memberOf(user: z.output<typeof userSchema>): StaffMember {
  const { id, displayName, userPrincipalName, userType, accountEnabled } = user;
  const external = userPrincipalName?.toUpperCase().includes('#EXT#') ?? false;
  return {
    objectId: id.toLowerCase(),
    name: visibleName(displayName ?? '', 120) || (userPrincipalName ?? id),
    guest: external || userType?.toLowerCase() === 'guest',
    blocked: accountEnabled === false,
  };
}
