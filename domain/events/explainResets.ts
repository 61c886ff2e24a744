import { type AuditDeps, audited } from '../audit/recordAudit';
import { activeCustomer } from '../customers/changeCustomer';
import type { Customer } from '../customers/customer';
import { notFound, VersionConflict } from '../errors';
import type { Notice } from '../notifications/notification';
import { touchNotice } from '../notifications/touchNotice';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Store, Stored } from '../ports';
import type { CustomerEvent, Explanation } from './customerEvent';

interface ExplainDeps extends AuditDeps {
  events: Store<CustomerEvent>;
  notices: Store<Notice>;
  customers: Store<Customer>;
}

/**
 * Says of the resets that a notice tells and nobody explained so far that the MSP did them, or that somebody looks into
 * them. A repeat changes nothing. Throws notAllowed, and notFound for a notice or customer that is not there any more.
 */
export async function explainResets(
  deps: ExplainDeps,
  actor: Actor,
  request: { noticeId: string; as: 'ours' | 'lookInto'; requestId: string },
): Promise<Stored<Notice>> {
  permit(actor, 'resets.explain');
  const notice = await deps.notices.get(request.noticeId);
  if (!notice) throw notFound('This message is too old to be answered. Nothing was changed.');
  const customer = await activeCustomer(deps.customers, notice.value.customerId);
  const after = request.as === 'ours' ? 'it was us' : 'to be looked into';
  const entry = {
    action: 'reset.explain',
    target: customer.value.name,
    customerId: customer.id,
    after,
  } as const;
  return audited(deps, actor, request.requestId, entry, async () => {
    const told = await eventsOf(deps, notice.value.eventIds);
    const meant = await eventsOf(
      deps,
      told.flatMap(({ id, value }) => resetIdsOf(id, value)),
    );
    const explanation: Explanation = {
      state: request.as,
      by: { id: actor.id, name: actor.name },
      at: deps.clock.now(),
    };
    const explained = await Promise.all(meant.map((event) => explain(deps, event, explanation)));
    const touched = new Set([notice.id, ...explained.flatMap((id) => id ?? [])]);
    for (const id of touched) await touchNotice(deps, id);
    return { result: notice };
  });
}

/** What an alarm tells of are resets as well. */
const resetIdsOf = (id: string, { facts }: CustomerEvent): string[] =>
  facts.kind === 'unexplainedResets' ? facts.eventIds : [id];

async function eventsOf(
  deps: Pick<ExplainDeps, 'events'>,
  ids: readonly string[],
): Promise<Stored<CustomerEvent>[]> {
  const found = await Promise.all(ids.map((id) => deps.events.get(id)));
  return found.flatMap((event) => event ?? []);
}

/** Resolves to the notice that tells it, when this changed it. What the user did, or the MSP did, stays said. */
async function explain(
  { events }: ExplainDeps,
  first: Stored<CustomerEvent>,
  explanation: Explanation,
): Promise<string | undefined> {
  let event: Stored<CustomerEvent> | undefined = first;
  while (event) {
    const { facts }: CustomerEvent = event.value;
    if (!('explanation' in facts) || !mayBecome(facts.explanation.state, explanation.state)) return undefined;
    try {
      await events.replace(event, { ...event.value, facts: { ...facts, explanation } });
      return event.value.noticeId;
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
      event = await events.get(event.id);
    }
  }
  return undefined;
}

const mayBecome = (from: Explanation['state'], to: Explanation['state']): boolean =>
  from === 'unexplained' || (from === 'lookInto' && to === 'ours');
