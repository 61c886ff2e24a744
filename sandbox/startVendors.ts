import type { ItGlueRegion } from '../domain/integrations/parseAddress';
import type { LoopbackCertificate } from './certificate';
import { HUDU_ACCOUNTS, IT_GLUE_ACCOUNTS } from './demoAccounts';
import { type HuduSandbox, startHuduSandbox } from './hudu/startHuduSandbox';
import { type ItGlueSandbox, startItGlueSandbox } from './itglue/startItGlueSandbox';

export interface VendorPorts {
  itGlue: Record<ItGlueRegion, number>;
  hudu: number;
}

export interface Vendors {
  itGlue: ItGlueSandbox;
  hudu: HuduSandbox;
  /** The addresses for the product, by environment variable. */
  settings: Record<string, string>;
  stop(): Promise<void>;
}

/**
 * Starts the systems in which the MSP documents its customers, with the demo's keys. Without `ports` on any
 * free ones.
 */
export async function startVendors(certificate: LoopbackCertificate, ports?: VendorPorts): Promise<Vendors> {
  const itGlue = await startItGlueSandbox({ certificate, accounts: IT_GLUE_ACCOUNTS, ports: ports?.itGlue });
  try {
    const hudu = await startHuduSandbox({ certificate, accounts: HUDU_ACCOUNTS, port: ports?.hudu });
    const settings = {
      IT_GLUE_URL_US: itGlue.urls.us,
      IT_GLUE_URL_EU: itGlue.urls.eu,
      IT_GLUE_URL_AU: itGlue.urls.au,
      HUDU_ALLOW_PRIVATE_HOSTS: 'true',
    };
    const stop = async () => {
      await Promise.all([itGlue.stop(), hudu.stop()]);
    };
    return { itGlue, hudu, settings, stop };
  } catch (error) {
    await itGlue.stop();
    throw error;
  }
}
