import { z } from 'zod';
import { finishedCard, openCustomer } from '../../cards/finished';
import type { Card } from '../../cards/shared/card';
import { isPersonal } from '../../domain/conversations/conversationKind';
import { activeCustomer } from '../../domain/customers/changeCustomer';
import { invalidInput } from '../../domain/errors';
import {
  type Answer,
  type AnsweredCard,
  confirmTenant,
  discardTenant,
  lookAgain,
} from '../../domain/tenants/confirmTenant';
import { NOT_UNDONE_BY_DISCONNECTING } from '../../domain/tenants/disconnectTenant';
import { tenantOf } from '../../domain/tenants/runChecks';
import type { AppDeps } from '../appDeps';
import { startChecks } from '../jobs/startChecks';
import { liveSetUp, placeOf } from '../setUp/homeCards';
import type { Turn } from '../turns/turn';
import { showProposal } from '../views/showProposal';
import type { ShownSetUp } from '../views/showSetUp';
import { cardAction } from './cardAction';

const IN_PERSONAL_CHAT = 'Answer this in our personal chat. Nothing was changed.';

/** The answer to the question whether a tenant is the customer's. */
export const tenant = cardAction({
  verb: 'tenant',
  permission: 'tenants.connect',
  schema: z.object({
    do: z.enum(['connect', 'discard', 'look']),
    customerId: z.string().max(100),
    proposalId: z.string().max(100),
    seen: z.string().max(100).optional(),
    name: z.string().max(1000).optional(),
    /** The question stands on the card of the customer’s set-up. */
    here: z.boolean().optional(),
  }),
  async handle(turn, { do: deed, name, seen, here = false, ...answer }, deps) {
    if (!isPersonal(turn.sender)) throw invalidInput(IN_PERSONAL_CHAT);
    if (deed === 'connect')
      return connect(
        turn,
        { ...answer, ...(seen && { seen }), ...(name && { typedName: name }) },
        here,
        deps,
      );
    if (deed === 'discard') return discard(turn, answer, here, deps);
    const proposal = await lookAgain(deps, turn.actor, answer);
    const customer = await activeCustomer(deps.stores.customers, answer.customerId);
    turn.replace(here ? await atSetUp(turn, answer, deps) : await showProposal(deps, customer, proposal));
  },
  refused: {
    code: 'invalidInput',
    async card(turn, { do: deed, customerId, here }, deps, sentence) {
      if (deed !== 'connect' || !isPersonal(turn.sender)) return undefined;
      if (here) return atSetUp(turn, { customerId }, deps, { problem: sentence });
      const customer = await activeCustomer(deps.stores.customers, customerId);
      const proposal = await deps.stores.tenantProposals.get(customerId);
      return proposal && showProposal(deps, customer, proposal.value, sentence);
    },
  },
});

const atSetUp = (
  turn: Turn,
  { customerId }: Pick<Answer, 'customerId'>,
  deps: AppDeps,
  shown: ShownSetUp = {},
): Promise<Card> =>
  liveSetUp(deps, placeOf(customerId, turn), turn.clicked, { open: 'microsoft365', ...shown });

async function connect(
  turn: Turn,
  answer: Answer & AnsweredCard,
  here: boolean,
  deps: AppDeps,
): Promise<void> {
  const { replyToId: cardId } = turn.envelope;
  const home = here && cardId ? { cardId, home: { customerId: answer.customerId, cardId } } : {};
  // One test for each question, however often somebody answers it.
  const { value } = await confirmTenant(deps, turn.actor, answer, ({ id: customerId }) =>
    startChecks(deps, turn, `connect:${answer.proposalId}`, { customerId, ...home, thenSync: true }),
  );
  if (here) return turn.replace(await atSetUp(turn, answer, deps));
  const { displayName, tenantId } = tenantOf(value);
  const line = `You confirmed the tenant ${displayName} (${tenantId}). The connection is being tested.`;
  turn.replace(finishedCard({ title: value.name, lines: [line], tone: 'good' }));
}

async function discard(turn: Turn, answer: Answer, here: boolean, deps: AppDeps): Promise<void> {
  const { admin } = await discardTenant(deps, turn.actor, answer);
  const { name } = (await activeCustomer(deps.stores.customers, answer.customerId)).value;
  const lines = [
    `The tenant ${admin.tenantId} was discarded. Nothing of it was used.`,
    NOT_UNDONE_BY_DISCONNECTING,
  ];
  if (here) return turn.replace(await atSetUp(turn, answer, deps, { note: lines.join(' ') }));
  const args = { customerId: answer.customerId };
  const actions = [
    { title: 'Connect Microsoft 365', command: 'connect office 365', args },
    openCustomer(answer.customerId),
  ];
  turn.replace(finishedCard({ title: name, lines, tone: 'neutral', actions }));
}
