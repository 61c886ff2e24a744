import { type Card, type Choice, explained, presenter, type StepData } from './shared/card';
import { line, type Text } from './shared/time';
import template from './syncStep.json';

export interface SyncStepData extends StepData {
  /** The customer's name. */
  customer: string;
  /** What the tenant says, point by point. */
  evidence: { title: string; value: Text }[];
  /** The proposal from that evidence, and its reason. */
  proposal?: { title: string; because: string };
  choices: Choice[];
  chosen?: string;
  /** True when the choice contradicts the evidence, so that a reason is needed. */
  needsReason: boolean;
  reason?: string;
}

const render = presenter(template);

/**
 * Shows the evidence, proposes a mode, and asks how a customer syncs: inputs `choice`, `reason`; `do` is
 * submit, back or cancel.
 */
export const syncStepCard = ({
  proposal,
  choices,
  chosen = '',
  reason = '',
  problem = '',
  evidence,
  ...data
}: SyncStepData): Card => {
  const heading = `How should passwords sync at ${data.customer}?`;
  return render({
    ...data,
    evidence: evidence.map(({ title, value }) => ({ line: line`${title}: ${value}` })),
    chosen,
    reason,
    problem,
    heading,
    speak: problem || heading,
    proposals: proposal ? [proposal] : [],
    choices: explained(choices),
  });
};
