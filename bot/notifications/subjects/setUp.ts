import { roleHolders } from '../../../domain/people/roleHolders';
import { setUpOrGone } from '../../setUp/setUpOrGone';
import type { ToldNowDeps } from '../toldNow';
import type { SubjectDeps, SubjectKind, Where } from './subjectKind';

/** The card of a customer's set-up in a personal chat. */
export const setUpSubject = (deps: SubjectDeps): SubjectKind<'setUp'> => ({
  kind: 'setUp',
  whereTo: chatOfTechnician,
  async card({ subject, conversationId, wanted }) {
    const personId = (await deps.stores.references.get(conversationId))?.value.personId;
    const place = { customerId: subject.id, conversationId, ...(personId && { personId }) };
    return { card: await setUpOrGone(deps, place), revision: wanted };
  },
});

/** Somebody who lost the role meanwhile gets no news of customers. */
async function chatOfTechnician(deps: ToldNowDeps, conversationId: string): Promise<Where> {
  const known = (await deps.stores.references.get(conversationId))?.value;
  if (!known?.installed) return { why: 'Keyturn was removed from this conversation.', because: 'removed' };
  const holders = await roleHolders(deps, 'customers.write');
  if (known.kind !== 'personal' || !holders.has(known.personId ?? ''))
    return { why: 'Nobody here may set customers up.', because: 'noRole' };
  return { reference: known.reference };
}
