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
  /** The demo's unless told; see `makeOrganizations`. */
  organizations?: SandboxOrganization[];
  /** 3000 in 5 minutes unless told. */
  limit?: LimitRule;
  clock?: Clock;
  /** Any free ones unless told. */
  ports?: Partial<Record<ItGlueRegion, number>>;
}

export interface ItGlueControl extends OrganizationControl {
  /** How to answer where the vendor's documentation leaves it open. */
  speak(speech: Partial<Speech>): void;
}

export interface ItGlueSandbox {
  /** Stand for https://api.itglue.com, https://api.eu.itglue.com and https://api.au.itglue.com. */
  urls: Record<ItGlueRegion, string>;
  control: ItGlueControl;
  stop(): Promise<void>;
}

/** Ids as IT Glue gives them: long before the account began. */
const FIRST_ID = 4_100_001;
const LIMIT: LimitRule = { requests: 3000, windowMs: 5 * 60_000 };

/** Plays IT Glue's API in its three regions on loopback, all on one account. Rejects when a port is taken. */
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
