import type { TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { Home } from '../../dialogs/dialog';
import { conversationKindOf, isPersonal } from '../../domain/conversations/conversationKind';
import type { Customer } from '../../domain/customers/customer';
import type { JobRun } from '../../domain/jobs/jobRun';
import { actorOf } from '../../domain/people/people';
import type { Actor } from '../../domain/people/person';
import type { CheckOutcome } from '../../domain/tenants/tenantConnection';
import { testConnection } from '../../domain/tenants/testConnection';
import type { AppDeps } from '../appDeps';
import type { Proactive } from '../sending/proactive';
import { heldSetUp, liveSetUp, placeOf } from '../setUp/homeCards';
import { laterTurn } from '../turns/laterTurn';
import { createLiveCard } from '../turns/liveCard';
import { runningCard, settledCard, stoppedCard } from '../views/showChecks';
import type { SetUpPlace } from '../views/showSetUp';
import { jobKind } from './jobKind';

export const CHECK_TENANT = 'checkTenant';

export const checkTenantInput = z.object({
  customerId: z.string(),
  actor: z.object({ id: z.string(), name: z.string(), conversationId: z.string() }),
  conversationKey: z.string(),
  reference: z.unknown(),
  /** The card to update; absent: the job sends a new one. */
  cardId: z.string().optional(),
  /** The card of the customer's set-up, which shows the test in its step. */
  home: z.object({ customerId: z.string(), cardId: z.string() }).optional(),
  /** Goes on to the sync options when the customer has two directories that can hold a password. */
  thenSync: z.boolean(),
});
export type CheckTenantInput = z.infer<typeof checkTenantInput>;

const progressSchema = z.object({ cardId: z.string().optional() }).catch({});

/**
 * Tests a customer's connection. The steps turn green one by one on one card in the conversation that asked.
 */
export const checkTenant = (deps: AppDeps, proactive: Proactive) =>
  jobKind({
    kind: CHECK_TENANT,
    schema: checkTenantInput,
    async handle(input, run) {
      const actor = await actorOf(deps, input.actor);
      if (!actor?.permissions.has('tenants.connect')) return undefined;
      return proactive.in(input.reference, async (context) => {
        const cardId = progressSchema.parse(run.progress).cardId ?? input.cardId;
        const live = createLiveCard(context, cardId, (id) => run.save({ cardId: id }), deps.log);
        const faces = input.home
          ? facesAtHome(deps, placeIn(context, actor, input.home), input.home)
          : ownFaces;
        const next = await testConnection(deps, actor, input, run, {
          running: async (customer, done) => live.show(await faces.running(customer, done)),
          tested: async (customer) => live.show(await faces.tested(customer)),
          stopped: async (sentence) => live.show(await faces.stopped(sentence)),
        });
        if (!next || 'againInMs' in next) return next;
        await goOnToSync(deps, actor, input, run, next.chooseSync, context);
        return undefined;
      });
    },
  });

const ownFaces = {
  running: runningCard,
  tested: (customer: Customer) => settledCard(customer, { here: false }),
  stopped: stoppedCard,
};

function placeIn({ activity }: TurnContext, actor: Actor, { customerId }: Home): SetUpPlace {
  const { id = '', conversationType } = activity.conversation ?? {};
  const personal = isPersonal({ kind: conversationKindOf(conversationType) });
  return placeOf(customerId, { actor, conversationId: id, personal });
}

/** The test as a step of the customer's set-up. */
const facesAtHome = (deps: AppDeps, place: SetUpPlace, { cardId }: Home) => ({
  running: (_customer: Customer, testing: CheckOutcome[]) =>
    heldSetUp(deps, place, { testing, open: 'microsoft365' }),
  tested: () => liveSetUp(deps, place, cardId),
  stopped: (note: string) => liveSetUp(deps, place, cardId, { note }),
});

/** The sync options follow by themselves, unless the person is in another dialog. */
async function goOnToSync(
  deps: AppDeps,
  actor: Actor,
  input: CheckTenantInput,
  run: JobRun,
  customer: Customer,
  context: Parameters<typeof laterTurn>[1],
): Promise<void> {
  const turn = { actor, conversationKey: input.conversationKey, turnId: `sync:${run.id}` };
  await laterTurn(deps, context, turn, async (io) => {
    if (!deps.dialogs.open(context))
      return deps.dialogs.start(context, 'chooseSync', { customerId: customer.id }, input.home);
    if (input.home) return;
    io.say({
      text: `${customer.name} has two directories. When you are done here, type “sync options ${customer.name}”.`,
    });
  });
}
