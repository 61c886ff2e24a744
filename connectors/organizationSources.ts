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
  /** Lets a host be on loopback or in a private network, and a Hudu host carry a port. */
  allowPrivate: boolean;
  itGlueUrls: ItGlueUrls;
  /** Instead of the system's waiting, chance, name server and limits. */
  timing?: Partial<Omit<Timing, 'clock'>>;
  http?: Partial<Omit<HttpSettings, 'allows'>>;
}

/**
 * Makes the sources of accounts; `of` throws SourceRefused 'badHost' for an address that is none. Sources share
 * connections and, for one account and key, the budgets of requests: make one of these in a process. What a person
 * waits for (a search, a test) has a part of its own, so that no import can keep it waiting.
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

/** By kind, place and key, of which only the hash stays. */
const budgetName = ({ kind, address }: Account, apiKey: string): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, address, apiKey]))
    .digest('base64url');

/** Checked again where it is used: what was stored under other settings may not be allowed any more. */
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
