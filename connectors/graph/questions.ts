import { createPace } from '../../domain/jobs/pace';
import { MicrosoftRefused } from '../../domain/tenants/refusals/microsoftRefused';

/**
 * How often this process asks one tenant; Microsoft bears many times as much. A token and the first question
 * with it count as one.
 */
const QUESTIONS = { most: 1_800, everyMs: 60_000 };
/** Background work leaves this many questions to people who are waiting. */
const LEFT_TO_PEOPLE = 300;

/** Who asks: a person who waits for the answer, or background work. */
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
