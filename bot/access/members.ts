import { TeamsInfo, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import { visibleName } from '../../domain/names/visibleText';
import { UNNAMED } from '../../domain/people/person';
import type { Clock } from '../../domain/ports';

const memberSchema = z.object({
  id: z.string().optional(),
  name: z.string().optional(),
  aadObjectId: z.string().optional(),
  objectId: z.string().optional(),
  tenantId: z.string().optional(),
  userRole: z.string().optional(),
  userPrincipalName: z.string().nullish(),
  email: z.string().nullish(),
});

export interface Member {
  /** Entra object id, lower case. */
  personId?: string;
  name: string;
  /** Invited from another tenant, or anonymous: never one of the MSP's own people. */
  guest: boolean;
}

/** Asks Teams about members of the conversation at hand; an answer is believed for an hour. */
export interface Members {
  lookup(context: TurnContext, channelUserId: string): Promise<Member>;
}

const HOUR = 60 * 60 * 1000;
const REMEMBERED = 5000;

export function createMembers(deps: { clock: Clock; tenantId: string }): Members {
  const known = new Map<string, { member: Member; until: number }>();
  return {
    async lookup(context, channelUserId) {
      const cached = known.get(channelUserId);
      if (cached && cached.until > deps.clock.now()) return cached.member;
      const member = memberOf(await TeamsInfo.getMember(context, channelUserId), deps.tenantId);
      if (known.size >= REMEMBERED) known.clear();
      known.set(channelUserId, { member, until: deps.clock.now() + HOUR });
      return member;
    },
  };
}

/**
 * A guest has `#EXT#` in the user principal name, a guest's role, or another home tenant; any one of them is enough.
 * Somebody of whom Teams tells none of the three could be one.
 */
function memberOf(account: unknown, tenantId: string): Member {
  const {
    name,
    aadObjectId,
    objectId,
    tenantId: home,
    userRole,
    userPrincipalName,
    email,
  } = memberSchema.parse(account);
  const personId = (aadObjectId ?? objectId)?.toLowerCase();
  const external = [userPrincipalName, email].some((address) => address?.toUpperCase().includes('#EXT#'));
  const role = userRole?.toLowerCase();
  const guest =
    !(home || role || userPrincipalName) ||
    external ||
    role === 'guest' ||
    role === 'anonymous' ||
    (home !== undefined && home.toLowerCase() !== tenantId);
  return { ...(personId && { personId }), name: visibleName(name ?? '', 120) || UNNAMED, guest };
}
