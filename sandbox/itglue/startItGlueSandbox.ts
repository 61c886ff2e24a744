import { IT_GLUE_REGIONS } from '../../domain/integrations/integration';
import type { ItGlueRegion } from '../../domain/integrations/parseAddress';
import type { Clock } from '../../domain/ports';
import { type Listener, listen } from '../microsoft/http';
import { makeControl, type OrganizationControl } from '../organizations/control';
import { makeOrganizations } from '../organizations/makeOrganizations';
import type { SandboxOrganization } from '../organizations/organization';
import type { LimitRule } from '../organizations/requestLimit';
import { makeVendorWorld, serveVendor } from '../organizations/vendorWorld';
import { type ItGlueWorld, itGlueApi } from './itGlueApi';
import type { ItGlueKey } from './itGlueKey';
import { itGlueError } from './jsonApi';
import { SPEECH, type Speech } from './organizationResource';

export interface ItGlueSandboxOptions {
  /** PEM, for 127.0.0.1; see `makeCertificate`. */
  certificate: { key: string; cert: string };
  accounts: readonly ItGlueKey[];
  /** Default: the demo's; see `makeOrganizations`. */
  organizations?: SandboxOrganization[];
  /** Default: 3000 in 5 minutes. */
  limit?: LimitRule;
  clock?: Clock;
  /** Default: any free ones. */
  ports?: Partial<Record<ItGlueRegion, number>>;
}

export interface ItGlueControl extends OrganizationControl {
  /** Sets how to answer where the vendor's documentation leaves that open. */
  speak(speech: Partial<Speech>): void;
}

export interface ItGlueSandbox {
  /**
   * The addresses that stand for https://api.itglue.com, https://api.eu.itglue.com and
   * https://api.au.itglue.com.
   */
  urls: Record<ItGlueRegion, string>;
  control: ItGlueControl;
  stop(): Promise<void>;
}

/** Large ids, as IT Glue gives them: other accounts used the smaller ones. */
const FIRST_ID = 4_100_001;
const LIMIT: LimitRule = { requests: 3000, windowMs: 5 * 60_000 };

/**
 * Plays IT Glue's API in its three regions on loopback, all with one account. Rejects when a port is taken.
 */
export async function startItGlueSandbox(options: ItGlueSandboxOptions): Promise<ItGlueSandbox> {
  const organizations = options.organizations ?? makeOrganizations({ firstId: FIRST_ID });
  const { limit = LIMIT, clock } = options;
  const refuse = (status: number, headers?: Record<string, string>) => itGlueError(status, { headers });
  const keys = options.accounts.map((one) => ({ ...one }));
  const shared = makeVendorWorld({ organizations, limit, clock, refuse });
  const world: ItGlueWorld = Object.assign(shared, { keys, speech: SPEECH });
  const urls: Record<ItGlueRegion, string> = { us: '', eu: '', au: '' };
  const listeners: Listener[] = [];
  const stop = async () => {
    world.faults.clear();
    await Promise.all(listeners.map((listener) => listener.stop()));
  };
  try {
    for (const name of IT_GLUE_REGIONS) {
      const region = { name, url: () => urls[name] };
      const listener = await listen(
        (request) => serveVendor(world, request, () => itGlueApi(world, region, request)),
        options.ports?.[name] ?? 0,
        options.certificate,
      );
      listeners.push(listener);
      urls[name] = `https://127.0.0.1:${listener.port}`;
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const speak = (speech: Partial<Speech>) => {
    world.speech = { ...world.speech, ...speech };
  };
  return { urls, control: { ...makeControl(world, keys), speak }, stop };
}
