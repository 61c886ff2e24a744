import { createOrganizationSources } from '../../../connectors/organizationSources';
import type { HttpSettings } from '../../../connectors/shared/http';
import type { OrganizationSource, OrganizationSources } from '../../../domain/organizations/ports';
import { huduVendor, itGlue, type PlayedVendor } from './playedVendors';
import { startVendorServer, type VendorServer } from './vendorServer';

export const KEY = 'ITG.one-key-for-all-of-these';
export const NOW = Date.UTC(2026, 10, 23, 12, 1, 0);

/** One vendor on a server of its own, and a source for it that needs no real time. */
export interface VendorTest {
  server: VendorServer;
  vendor: PlayedVendor;
  source: OrganizationSource;
  /** The waits, in milliseconds. The clock moves forward by each of them. */
  waits: number[];
  now: number;
  sources(http?: Partial<HttpSettings>): OrganizationSources;
  /** Another source, as another process would make it. */
  another(http?: Partial<HttpSettings>, key?: string): OrganizationSource;
}

export const refused = (refusal: string, detail?: string) =>
  expect.objectContaining({ name: 'SourceRefused', refusal, ...(detail !== undefined && { detail }) });

/** The suite that every vendor passes. */
export function describeEachVendor(what: string, define: (test: VendorTest) => void): void {
  const vendors: [string, () => PlayedVendor][] = [
    ['IT Glue', () => itGlue],
    ['Hudu', huduVendor],
  ];
  describe.each(vendors)(`%s ${what}`, (_name, vendorOf) => {
    const test = {} as VendorTest;
    beforeEach(async () => {
      const server = await startVendorServer();
      const vendor = vendorOf();
      vendor.prepare(server);
      const sources: VendorTest['sources'] = (http = {}) => sourcesOf(test, http);
      const another: VendorTest['another'] = (http, key = KEY) =>
        sources(http).of({ kind: vendor.kind, address: vendor.address(server) }, key);
      Object.assign(test, { server, vendor, waits: [], now: NOW, sources, another, source: undefined });
      test.source = another();
    });
    afterEach(() => test.server.close());
    define(test);
  });
}

function sourcesOf(test: VendorTest, http: Partial<HttpSettings>): OrganizationSources {
  const nobody = 'https://127.0.0.1:1';
  return createOrganizationSources({
    clock: { now: () => test.now },
    allowPrivate: true,
    itGlueUrls: { us: nobody, eu: `https://127.0.0.1:${test.server.port}`, au: nobody },
    timing: {
      random: () => 1,
      sleep: async (ms) => {
        test.waits.push(ms);
        test.now += ms;
      },
    },
    http,
  });
}
