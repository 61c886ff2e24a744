import type { Card, Choice, StepAddress } from './card';
import { explained, presenter } from './card';
import template from './syncStep.json';

export interface SyncStepData {
  at: StepAddress;
  /** The customer's name. */
  customer: string;
  /** What the tenant says, point by point. */
  evidence: { title: string; value: string }[];
  /** What is proposed from it, and why. */
  proposal?: { title: string; because: string };
  choices: Choice[];
  chosen?: string;
  /** Asks for a reason, because the choice goes against the evidence. */
  needsReason: boolean;
  reason?: string;
  /** Said before it happens, when the mode is changed. */
  whatChanges?: string[];
  problem?: string;
  canGoBack: boolean;
}

const render = presenter(template);

/** Shows the evidence, proposes, and asks how a customer syncs: inputs `choice`, `reason`; `do` is submit, back or cancel. */
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
