import type { TurnContext } from 'botbuilder';
import type { Conversation } from '../../../bot/wireConversation';
import type { KeyEntryDeps } from '../../../domain/integrations/integrationDeps';
import type { OwnerDeps } from '../../../domain/links/useLink';
import type { Stores } from '../../../domain/stores/stores';
import type { SignInDeps } from '../../../domain/tenants/signIn/refuseSignIn';
import type { FakeEdge } from './fakeEdge';

/** One instance of the bot: the real parts on an edge of their own. */
export interface Bot
  extends Pick<
    Conversation,
    'begin' | 'runner' | 'pendingReplies' | 'settle' | 'daily' | 'notifications' | 'linkEnds'
  > {
  edge: FakeEdge;
  handle(context: TurnContext, requestId: string): Promise<void>;
  stores: Stores;
  /** For the pages that an administrator's browser sees. */
  signIn: SignInDeps & OwnerDeps;
  /** For the page that an admin's browser sees. */
  keys: KeyEntryDeps & OwnerDeps;
}
