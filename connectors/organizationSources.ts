import { createHash } from 'node:crypto';
import { KeyturnError } from '../domain/errors';
import type { Integration } from '../domain/integrations/integration';
import { parseHuduHost, parseItGlueRegion } from '../domain/integrations/parseAddress';
import {
  type OrganizationSource,
  type OrganizationSources,
  SourceRefused,
} from '../domain/organizations/ports';
import type { Clock } from '../domain/ports';
import { createHuduSource } from './hudu';
import { HUDU_RULES } from './hudu/settings';
import { createItGlueSource } from './itglue';
import { IT_GLUE_RULES, type ItGlueUrls } from './itglue/settings';
import { isPublicAddress } from './shared/addressGuard';
import { createBudgets, partsOf } from './shared/budget';
import { createHttp, DEFAULT_LIMITS, type HttpSettings } from './shared/http';
import { createJsonClient } from './shared/jsonClient';
import { systemTiming, type Timing } from './shared/timing';

type Account = Pick<Integration, 'kind' | 'address'>;

export interface OrganizationSourcesOptions {
  clock: Clock;
  /** Allows hosts on loopback and in private networks, and a Hudu host with a port. */
  allowPrivate: boolean;
  itGlueUrls: ItGlueUrls;
  /** Replaces the system's waiting, randomness, name resolution and limits. */
  timing?: Partial<Omit<Timing, 'clock'>>;
  http?: Partial<Omit<HttpSettings, 'allows'>>;
}

/**
 * Makes the sources of accounts; `of` throws SourceRefused 'badHost' for a host that is not valid. Sources
 * share connections and, for one account and key, request budgets, so a process makes only one of these.
 * Searches and tests, for which a person waits, have their own part of the budget, so that no import can keep
 * them waiting.
 */
export function createOrganizationSources(options: OrganizationSourcesOptions): OrganizationSources {
  const { allowPrivate, itGlueUrls, clock } = options;
  const timing: Timing = { ...systemTiming, ...options.timing, clock };
  const allows = allowPrivate ? () => true : isPublicAddress;
  const http = createHttp({ ...DEFAULT_LIMITS, ...options.http, allows });
  const budgets = createBudgets(timing);
  return {
    of(account, apiKey) {
      const rules = account.kind === 'itglue' ? IT_GLUE_RULES : HUDU_RULES;
      const name = budgetName(account, apiKey);
      const parts = partsOf(rules.budget);
      const within = (part: keyof typeof parts): OrganizationSource => {
        const budget = () => budgets(`${name} ${part}`, parts[part]);
        const json = createJsonClient({ http, apiKey, budget, timing, rules });
        if (account.kind === 'hudu') return createHuduSource(json, huduUrl(account.address, allowPrivate));
        const region = accepted(() => parseItGlueRegion(account.address));
        return createItGlueSource(json, region, itGlueUrls);
      };
      const [{ page, one }, { search, test }] = [within('background'), within('people')];
      return { page, one, search, test };
    },
  };
}

/** Names the budget by kind, address and a hash of the key. */
const budgetName = ({ kind, address }: Account, apiKey: string): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, address, apiKey]))
    .digest('base64url');

/** Checks the address again before use: settings may have changed since it was stored. */
const huduUrl = (address: string, allowPrivate: boolean): URL =>
  new URL(`https://${accepted(() => parseHuduHost(address, { allowPrivate }))}`);

function accepted<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof KeyturnError) throw new SourceRefused('badHost', undefined, { cause: error });
    throw error;
  }
}
