import type { Clock } from '../../domain/ports';
import { listen } from '../microsoft/http';
import { makeControl, type OrganizationControl } from '../organizations/control';
import { makeOrganizations } from '../organizations/makeOrganizations';
import type { SandboxOrganization } from '../organizations/organization';
import type { LimitRule } from '../organizations/requestLimit';
import { makeVendorWorld, serveVendor } from '../organizations/vendorWorld';
import { HUDU_SPEECH, type HuduKey, type HuduSpeech, type HuduWorld, huduApi, huduError } from './huduApi';

export interface HuduSandboxOptions {
  /** PEM, for 127.0.0.1; see `makeCertificate`. */
  certificate: { key: string; cert: string };
  accounts: readonly HuduKey[];
  /** Default: the demo's; see `makeOrganizations`. */
  organizations?: SandboxOrganization[];
  /** Default: 300 a minute, then refused until the clock's next fifth minute. */
  limit?: LimitRule;
  clock?: Clock;
  /** Default: any free one. */
  port?: number;
}

export interface HuduControl extends OrganizationControl {
  /** Sets the version of this Hudu, and its answers where the vendor's documentation leaves them open. */
  speak(speech: Partial<HuduSpeech>): void;
}

export interface HuduSandbox {
  /** The address as a technician types it: `127.0.0.1:PORT`. */
  host: string;
  /** The address without a path; the API is under `/api/v1`. */
  url: string;
  control: HuduControl;
  stop(): Promise<void>;
}

const MINUTE = 60_000;
const LIMIT: LimitRule = { requests: 300, windowMs: MINUTE, resetMs: 5 * MINUTE };

/** Plays one installation of Hudu on loopback. Rejects when the port is taken. */
export async function startHuduSandbox(options: HuduSandboxOptions): Promise<HuduSandbox> {
  const organizations = options.organizations ?? makeOrganizations();
  const { limit = LIMIT, clock } = options;
  const keys = options.accounts.map((one) => ({ ...one }));
  const shared = makeVendorWorld({ organizations, limit, clock, refuse: huduError });
  const world: HuduWorld = Object.assign(shared, { keys, speech: HUDU_SPEECH, url: '' });
  const listener = await listen(
    (request) => serveVendor(world, request, () => huduApi(world, request)),
    options.port ?? 0,
    options.certificate,
  );
  const host = `127.0.0.1:${listener.port}`;
  world.url = `https://${host}`;
  return {
    host,
    url: world.url,
    control: {
      ...makeControl(world, keys),
      speak(speech) {
        world.speech = { ...world.speech, ...speech };
      },
    },
    async stop() {
      world.faults.clear();
      await listener.stop();
    },
  };
}
