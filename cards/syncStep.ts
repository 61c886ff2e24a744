import { type Card, type Choice, explained, presenter, type StepData } from './shared/card';
import template from './syncStep.json';

export interface SyncStepData extends StepData {
  /** The customer's name. */
  customer: string;
  /** What the tenant says, point by point. */
  evidence: { title: string; value: string }[];
  /** The proposal from that evidence, and its reason. */
  proposal?: { title: string; because: string };
  choices: Choice[];
  chosen?: string;
  /** True when the choice contradicts the evidence, so that a reason is needed. */
  needsReason: boolean;
  reason?: string;
  /** What a change of the mode would do, said beforehand. */
  whatChanges?: string[];
}

const render = presenter(template);

/**
 * Shows the evidence, proposes a mode, and asks how a customer syncs: inputs `choice`, `reason`; `do` is
 * submit, back or cancel.
 */
export const syncStepCard = (data: SyncStepData): Card =>
  render({
    at: data.at,
    customer: data.customer,
    evidence: data.evidence,
    proposals: data.proposal ? [data.proposal] : [],
    choices: explained(data.choices),
    chosen: data.chosen ?? '',
    needsReason: data.needsReason,
    reason: data.reason ?? '',
    changes: (data.whatChanges ?? []).map((change) => ({ change })),
    problem: data.problem ?? '',
    canGoBack: data.canGoBack,
  });
