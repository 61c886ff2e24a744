import type { CloudAdapter, TurnContext } from 'botbuilder';
import { createDialogs } from '../dialogs';
import { createDialogRunner } from '../dialogs/runner/dialogRunner';
import { activeCustomer } from '../domain/customers/changeCustomer';
import { startDue } from '../domain/schedules/startDue';
import type { Core } from '../domain/stores/core';
import { fairProactive } from './access/fairProactive';
import { createMembers } from './access/members';
import { createBot } from './app';
import type { AppDeps } from './appDeps';
import type { Chore } from './background';
import type { ReadActivity } from './channel/envelope';
import { commands } from './commands';
import { jobKinds } from './jobs';
import { enqueueBeginSchedules } from './jobs/beginSchedules';
import { sendPendingReplies } from './jobs/pendingReplies';
import { createJobRunner, type JobRunner } from './jobs/runner';
import { startChecks } from './jobs/startChecks';
import { createButtonLink, createMakeLink } from './links/makeLink';
import { showEnds } from './links/showEnds';
import { dispatch } from './notifications/dispatcher';
import { createSubjects } from './notifications/subjects';
import { watchConversations } from './notifications/watchConversations';
import { createProactive } from './sending/proactive';
import { createSendSlots, type SendLimits } from './sending/sendBudget';
import { createHomeCards, liveSetUp, placeOf } from './setUp/homeCards';
import { createConversationLane } from './turns/conversationLane';
import { createTurnHandler } from './turns/runTurns';
import { showProposal } from './views/showProposal';

/** What the conversation reads and writes, and whom it serves. */
export type Records = Core &
  Pick<
    AppDeps,
    'directory' | 'staff' | 'tenantId' | 'firstAdmins' | 'sources' | 'vault' | 'huduPrivateHosts' | 'bell'
  >;

export interface Conversation {
  /**
   * The logic behind the adapter; `requestId` is the HTTP request's, for the log. It does not parse `read`
   * again.
   */
  handle(context: TurnContext, requestId: string, read?: ReadActivity): Promise<void>;
  runner: JobRunner;
  /** Runs before the first work: writes what a start has to store. */
  begin(): Promise<void>;
  /** Sends replies that this instance, or a dead one, decided on and did not send. */
  pendingReplies: Chore;
  /** Notes sent replies as sent; before the store closes. */
  settle(): Promise<void>;
  /** Has the chat show that one-time links are over. */
  linkEnds: Chore;
  /** Sends what happened at customers to the conversations that subscribed. */
  notifications: Chore;
  /** Starts what a schedule says is due, and checks shared conversations. */
  daily: readonly Chore[];
}

/** Joins everything between the channel's adapter and the store; the second half of the composition root. */
export function wireConversation(
  records: Records,
  edge: {
    adapter: Pick<CloudAdapter, 'continueConversationAsync'>;
    appId: string;
    publicUrl: string;
    /** The rate of proactive messages to the channel; absent: no limit. */
    sendLimits?: SendLimits;
    pause(ms: number): Promise<void>;
  },
): Conversation {
  const { clock, random, tenantId } = records;
  const definitions = createDialogs({
    ...records,
    startChecks: (context, customerId) =>
      startChecks(records, context, `connect:${context.requestId}`, {
        customerId,
        ...(context.home && { cardId: context.home.cardId, home: context.home }),
        thenSync: true,
      }),
    setUpCard: (context, customerId, note) =>
      liveSetUp(records, placeOf(customerId, context), context.clicked, { note }),
    question: async (proposal) => {
      const customer = await activeCustomer(records.stores.customers, proposal.customerId);
      return showProposal(records, customer, proposal);
    },
  });
  const dialogs = createDialogRunner({ clock, random, homeCards: createHomeCards(records) }, definitions);
  const makeLink = createMakeLink(records, edge.publicUrl);
  const lane = createConversationLane({ ...records, buttonLink: createButtonLink(records, makeLink) });
  const members = createMembers({ clock, tenantId });
  const deps: AppDeps = {
    ...records,
    commands,
    dialogs,
    members,
    lane,
    makeLink,
    wakeJobs: () => runner.wake(),
  };
  const proactive = createProactive(edge);
  const runner = createJobRunner({ ...records, kinds: jobKinds(deps, fairProactive(deps, proactive)) });
  const notifying = {
    ...deps,
    proactive,
    slots: createSendSlots({ ...records, pause: edge.pause }, edge.sendLimits),
    subjects: createSubjects(records),
  };
  return {
    handle: createTurnHandler(deps, createBot(deps)),
    runner,
    begin: () => enqueueBeginSchedules(records),
    settle: () => lane.settleSent(),
    pendingReplies: {
      name: 'pending replies',
      everyMs: 2_000,
      run: () => sendPendingReplies({ ...records, lane, proactive }),
    },
    linkEnds: { name: 'link ends', everyMs: 1_000, run: () => showEnds({ ...deps, proactive }) },
    notifications: { name: 'notifications', everyMs: 500, run: (stopping) => dispatch(notifying, stopping) },
    daily: [
      {
        name: 'shared conversations',
        everyMs: 10 * 60_000,
        run: () => watchConversations({ ...deps, proactive }),
      },
      { name: 'schedules', everyMs: 30_000, run: () => startDue(records) },
    ],
  };
}
