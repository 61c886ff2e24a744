import { SourceRefused } from '../organizations/ports';
import type { Integration } from './integration';
import type { IntegrationDeps } from './integrationDeps';
import { sourceSentence } from './sourceSentences';

export type Tested = { ok: true; sentence: string } | { ok: false; sentence: string };

const FAULT = 'The test could not be finished because of a fault in Keyturn. Nothing was saved. Try again.';

/**
 * Asks the vendor whether the key can read organizations. Never throws; `sentence` says what went wrong. No
 * log line and no message holds the key.
 */
export async function testKey(
  { sources, log }: Pick<IntegrationDeps, 'sources' | 'log'>,
  account: Pick<Integration, 'kind' | 'address'>,
  apiKey: string,
): Promise<Tested> {
  const { kind } = account;
  try {
    return { ok: true, sentence: await sources.of(account, apiKey).test() };
  } catch (error) {
    if (error instanceof SourceRefused) {
      log.warn({ kind, refusal: error.refusal }, 'integration test refused');
      return { ok: false, sentence: sourceSentence(error) };
    }
    const stack = error instanceof Error ? error.stack : String(error);
    log.error({ kind, stack: stack?.replaceAll(apiKey, '[key]') }, 'integration test failed');
    return { ok: false, sentence: FAULT };
  }
}
