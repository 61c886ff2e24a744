import { createPace } from '../../domain/jobs/pace';
import { MicrosoftRefused } from '../../domain/tenants/refusals/microsoftRefused';

/**
 * What this process asks of one tenant; Microsoft bears many times as much. A token and the first question
 * with it count as one.
 */
const QUESTIONS = { most: 1_800, everyMs: 60_000 };
/** So many are left by what goes on by itself to what somebody waits for. */
const LEFT_TO_PEOPLE = 300;

/** Whether somebody waits for it, or it goes on by itself. */
export type Asker = 'person' | 'itself';

/** Counts a question to this tenant. Throws MicrosoftRefused 'askedTooOften' when there were too many. */
export type CountQuestion = (tenantId: string, asker: Asker) => void;

export function createQuestions(
  bound = { ...QUESTIONS, leftToPeople: LEFT_TO_PEOPLE },
  now: () => number = Date.now,
): CountQuestion {
  const pace = createPace(bound, now);
  return (tenantId, asker) => {
    const waitMs = pace.take(tenantId, asker === 'person' ? 0 : bound.leftToPeople);
    if (waitMs !== undefined) throw new MicrosoftRefused('askedTooOften', { waitMs });
  };
}
