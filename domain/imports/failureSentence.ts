import { KeyturnError } from '../errors';
import { sourceSentence } from '../integrations/sourceSentences';
import { type JobRun, wasTakenOver } from '../jobs/jobRun';
import { SourceRefused } from '../organizations/ports';

const FAULT = 'Keyturn failed several times. Try again later. The log says why.';

/** The sentence for people whose work ends with this error; undefined when another try may succeed. */
export function failureSentence(error: unknown, { last }: Pick<JobRun, 'last'>): string | undefined {
  if (error instanceof SourceRefused) return sourceSentence(error);
  if (error instanceof KeyturnError && error.code !== 'tryLater') return error.sentence;
  return last && !wasTakenOver(error) ? FAULT : undefined;
}
