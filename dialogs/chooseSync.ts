import { z } from 'zod';
import { confirmStepCard } from '../cards/confirmStep';
import { openCustomer } from '../cards/finished';
import { syncStepCard } from '../cards/syncStep';
import type { CustomerDeps } from '../domain/customers/addCustomer';
import { activeCustomer } from '../domain/customers/changeCustomer';
import type { Customer } from '../domain/customers/customer';
import { invalidInput } from '../domain/errors';
import { chooseSync, tenantIdOf } from '../domain/sync/chooseSync';
import { againstEvidence, proposeSyncMode } from '../domain/sync/proposeSyncMode';
import { SYNC_MODES, type SyncEvidence, type SyncMode } from '../domain/sync/syncMode';
import { SYNC_MODE_WORDS, whatChanges } from '../domain/sync/syncWords';
import type { TenantDirectory } from '../domain/tenants/ports';
import type { DialogDefinition, Step, StepContext, StepResult } from './dialog';
import { ended } from './steps/ended';
import { evidenceRows } from './steps/evidenceRows';

interface Values {
  customerId: string;
  /** The tenant that the evidence belongs to. */
  tenantId?: string;
  name: string;
  hasActiveDirectory: boolean;
  evidence: SyncEvidence;
  before?: SyncMode;
  /** The last choice, and the reason that was given for it alone. */
  chosen?: SyncMode;
  reason?: string;
}

export type ChooseSyncDeps = CustomerDeps & { directory: Pick<TenantDirectory, 'syncEvidence'> };

const TITLE = 'Sync options';
const CHOICES = SYNC_MODES.map((value) => ({
  value,
  title: SYNC_MODE_WORDS[value].title,
  detail: SYNC_MODE_WORDS[value].brief,
}));

/**
 * Reads what the tenant says, proposes a mode, and keeps what the technician chooses. A choice against the
 * evidence needs a reason.
 */
export function createChooseSync(deps: ChooseSyncDeps): DialogDefinition<Values> {
  return {
    id: 'chooseSync',
    title: TITLE,
    permission: 'sync.choose',
    setUpStep: 'sync',
    kept: ({ name, before }) =>
      `${name} ${before ? `stays with “${SYNC_MODE_WORDS[before].title}”` : 'has no sync mode yet'}.`,
    options: z.object({ customerId: z.string().max(100) }),
    async start({ customerId }: { customerId: string }) {
      const { value } = await activeCustomer(deps.stores.customers, customerId);
      const evidence = await evidenceOf(deps, value);
      const hasActiveDirectory = value.activeDirectory.state !== 'notChosen';
      const before = value.sync && { before: value.sync.mode };
      const tenantId = tenantIdOf(value);
      return {
        go: 'choose',
        values: {
          customerId,
          ...(tenantId && { tenantId }),
          name: value.name,
          hasActiveDirectory,
          evidence,
          ...before,
        },
      };
    },
    steps: { choose: chooseStep(deps), confirm: confirmStep(deps) },
  };
}

async function evidenceOf(
  deps: ChooseSyncDeps,
  { name, office365, activeDirectory }: Customer,
): Promise<SyncEvidence> {
  if ('tenant' in office365) return deps.directory.syncEvidence(office365.tenant.tenantId);
  if (activeDirectory.state === 'notChosen')
    throw invalidInput(
      `${name} has nothing to sync yet. Connect its Microsoft 365 or add its Active Directory first.`,
    );
  return { onPremisesSync: 'unknown', domains: [], readAt: deps.clock.now() };
}

function chooseStep(deps: ChooseSyncDeps): Step<Values> {
  return {
    answer: z.object({
      choice: z.enum(SYNC_MODES, { message: 'Please choose how this customer syncs.' }),
      reason: z.string().max(2000).optional(),
    }),
    async card({ name, evidence, hasActiveDirectory, chosen, reason, before }, shown) {
      const proposal = proposeSyncMode(evidence, { hasActiveDirectory });
      return syncStepCard({
        ...shown,
        customer: name,
        evidence: evidenceRows(evidence),
        proposal: { title: SYNC_MODE_WORDS[proposal.mode].title, because: proposal.because },
        choices: CHOICES,
        chosen: chosen ?? before ?? proposal.mode,
        needsReason: chosen !== undefined && againstEvidence(chosen, evidence) !== undefined,
        ...(reason && { reason }),
      });
    },
    handle: ({ choice, reason = '' }: { choice: SyncMode; reason?: string }, values, context) =>
      chosen(deps, { ...values, chosen: choice, reason: reason.trim() }, context),
  };
}

async function chosen(
  deps: ChooseSyncDeps,
  values: Values & { chosen: SyncMode },
  context: StepContext,
): Promise<StepResult<Values>> {
  const against = againstEvidence(values.chosen, values.evidence);
  if (against && !values.reason)
    return {
      stay: `${against} If you choose it anyway, please give the reason.`,
      values,
    };
  if (values.before && values.before !== values.chosen) return { go: 'confirm', values };
  return keep(deps, values, values.chosen, context);
}

async function keep(
  deps: ChooseSyncDeps,
  values: Values,
  mode: SyncMode,
  { actor, requestId }: StepContext,
): Promise<StepResult<Values>> {
  const { customerId, tenantId, name, evidence, reason } = values;
  await chooseSync(deps, actor, {
    customerId,
    ...(tenantId && { tenantId }),
    mode,
    evidence,
    requestId,
    ...(reason && { reason }),
  });
  const { title, explanation } = SYNC_MODE_WORDS[mode];
  const actions = [openCustomer(customerId)];
  return ended(`${name}: ${title}.`, {
    title: `${name}: ${title}`,
    lines: [explanation],
    tone: 'good',
    actions,
  });
}

function confirmStep(deps: ChooseSyncDeps): Step<Values> {
  return {
    answer: z.object({ choice: z.enum(['keep', 'change'], { message: 'Please choose one.' }) }),
    async card({ name, before, chosen: to }, shown) {
      const changes = to ? whatChanges(before, to) : [];
      return confirmStepCard({
        ...shown,
        title: `Change the sync mode of ${name}?`,
        intro: changes.join(' '),
        keep: { title: `Keep “${before ? SYNC_MODE_WORDS[before].title : ''}”`, choice: 'keep' },
        change: {
          title: `Change to “${to ? SYNC_MODE_WORDS[to].title : ''}”`,
          choice: 'change',
          style: 'positive',
        },
      });
    },
    async handle({ choice }: { choice: 'keep' | 'change' }, values, context) {
      if (choice === 'change' && values.chosen) return keep(deps, values, values.chosen, context);
      return { end: [], summary: `${values.name} stays as it was.` };
    },
  };
}
