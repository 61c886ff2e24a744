import { TeamsInfo, type TurnContext } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { rootConversationId } from '../../domain/conversations/conversationKind';
import { type ConversationMembers, MOST_MEMBERS } from '../../domain/conversations/conversationMembers';
import { visibleName } from '../../domain/names/visibleText';
import { UNNAMED } from '../../domain/people/person';
import type { Clock } from '../../domain/ports';
import { keptFor } from '../keptFor';

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
  /** Invited from another tenant, or anonymous: not one of the MSP's own people. */
  guest: boolean;
}

/** Asks Teams about members of the current conversation; trusts an answer about one member for an hour. */
export interface Members {
  /** Asks Teams again for everybody in this shared conversation. Throws what the channel throws. */
  everybodyIn(context: TurnContext): Promise<ConversationMembers>;
  lookup(context: TurnContext, channelUserId: string): Promise<Member>;
}

const HOUR = 60 * 60 * 1000;
const REMEMBERED = 5000;

export function createMembers(deps: { clock: Clock; tenantId: string }): Members {
  const known = new LRUCache<string, Member>(keptFor(deps.clock, REMEMBERED, HOUR));
  return {
    async lookup(context, channelUserId) {
      const cached = known.get(channelUserId);
      if (cached) return cached;
      const member = memberOf(await TeamsInfo.getMember(context, channelUserId), deps.tenantId);
      known.set(channelUserId, member);
      return member;
    },
    async everybodyIn(context) {
      const { accounts, tooMany } = await rosterOf(context);
      const members = accounts.map((account) => memberOf(account, deps.tenantId));
      return {
        lookedAt: deps.clock.now(),
        people: members.flatMap(({ personId: id, name, guest }) => (guest || !id ? [] : [{ id, name }])),
        guests: members.flatMap(({ personId, name, guest }) => (guest || !personId ? [name] : [])),
        ...(tooMany && { tooMany }),
      };
    },
  };
}

/** The SDK requires every field, though the first page has no token. */
type Asked = { pageSize: number; continuationToken: string };

const PAGE = 200;
const MOST_PAGES = 20;

/**
 * Reads page by page, to the end or until there are too many. A page may be short; only the last one has no
 * token.
 */
async function rosterOf(context: TurnContext): Promise<{ accounts: unknown[]; tooMany?: true }> {
  const { conversations } = context.turnState.get<ConnectorClient>(context.adapter.ConnectorClientKey);
  const conversationId = rootConversationId(context.activity.conversation.id);
  const accounts: unknown[] = [];
  let continuationToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const options: { pageSize: number; continuationToken?: string } = { pageSize: PAGE };
    if (continuationToken) options.continuationToken = continuationToken;
    const answer = pageSchema.parse(
      await conversations.getConversationPagedMembers(conversationId, options as Asked),
    );
    accounts.push(...answer.members);
    if (accounts.length > MOST_MEMBERS) break;
    if (!answer.continuationToken) return { accounts };
    continuationToken = answer.continuationToken;
  }
  return { accounts: accounts.slice(0, MOST_MEMBERS), tooMany: true };
}

const pageSchema = z.object({ members: z.array(z.unknown()), continuationToken: z.string().nullish() });

/**
 * A guest has `#EXT#` in the user principal name, a guest's role, or another home tenant: any one of them is
 * enough. A person of whom Teams says none of the three may be a guest.
 */
function memberOf(account: unknown, tenantId: string): Member {
  const read = memberSchema.parse(account);
  const { name, aadObjectId, objectId, tenantId: home, userRole, userPrincipalName, email } = read;
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
