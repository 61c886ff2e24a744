import { type AuditDeps, audited } from '../audit/recordAudit';
import { activeCustomer, changeCustomer } from '../customers/changeCustomer';
import type { Customer } from '../customers/customer';
import { conflict, invalidInput } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { againstEvidence, proposeSyncMode } from './proposeSyncMode';
import type { SyncEvidence, SyncMode } from './syncMode';
import { SYNC_MODE_WORDS } from './syncWords';

const LONGEST_REASON = 500;
const TENANT_CHANGED =
  'The customer’s Microsoft 365 tenant changed in the meantime, so this choice was about another tenant. Nothing was changed. Start the sync options again.';

/** True when passwords live in two directories, so that a person has to say how they go together. */
export function asksForSync(customer: Customer, evidence?: SyncEvidence): boolean {
  if (!('tenant' in customer.office365)) return false;
  return customer.activeDirectory.state !== 'notChosen' || evidence?.onPremisesSync === 'synced';
}

interface ChooseSyncRequest {
  customerId: string;
  /** The tenant that the evidence is about; absent for a customer without one. */
  tenantId?: string;
  mode: SyncMode;
  reason?: string;
  evidence: SyncEvidence;
  requestId: string;
}

/**
 * Keeps how a customer syncs, with the evidence for the choice. Throws invalidInput when the choice goes
 * against the evidence and has no reason, conflict when the customer has another tenant by now. The audit
 * keeps the reason of such a choice alone: the same words beside another choice would be false.
 */
export async function chooseSync(
  deps: AuditDeps & Needs<'customers' | 'deliveries'>,
  actor: Actor,
  request: ChooseSyncRequest,
): Promise<Stored<Customer>> {
  permit(actor, 'sync.choose');
  const { mode, evidence } = request;
  const reason = reasonOf(request);
  const customer = (await activeCustomer(deps.stores.customers, request.customerId)).value;
  const hasActiveDirectory = customer.activeDirectory.state !== 'notChosen';
  const proposed = proposeSyncMode(evidence, { hasActiveDirectory }).mode;
  const sync = {
    mode,
    proposed,
    evidence,
    chosenAt: deps.clock.now(),
    chosenBy: { id: actor.id, name: actor.name },
    ...(reason && { reason }),
  };
  const before = customer.sync && SYNC_MODE_WORDS[customer.sync.mode].title;
  const entry = { action: 'sync.choose', target: customer.name, customerId: request.customerId } as const;
  const change = { ...(before && { before }), after: SYNC_MODE_WORDS[mode].title, ...(reason && { reason }) };
  return audited(deps, actor, request.requestId, { ...entry, ...change }, () =>
    changeCustomer(deps, request.customerId, (current) => {
      if (tenantIdOf(current) !== request.tenantId) throw conflict(TENANT_CHANGED);
      return { ...current, sync };
    }),
  );
}

/** Undefined for a customer without a tenant. */
export const tenantIdOf = ({ office365 }: Customer): string | undefined =>
  'tenant' in office365 ? office365.tenant.tenantId : undefined;

function reasonOf({ mode, evidence, ...entered }: ChooseSyncRequest): string | undefined {
  const reason = entered.reason?.trim();
  if (reason && reason.length > LONGEST_REASON)
    throw invalidInput(`A reason can have at most ${LONGEST_REASON} characters. Please shorten it.`);
  const against = againstEvidence(mode, evidence);
  if (against && !reason) throw invalidInput(`${against} If you choose it anyway, please give the reason.`);
  return against ? reason : undefined;
}
