import template from './confirmTenant.json';
import { type Card, presenter } from './shared/card';
import { listed } from './shared/format';
import { dateTime, line } from './shared/time';

export interface ConfirmTenantData {
  customerId: string;
  proposalId: string;
  /** Identifies what the card shows; comes back with the answer. */
  seen: string;
  /** The customer's name. */
  customer: string;
  /** Absent when Microsoft did not describe the tenant: then it cannot be confirmed. */
  described?: { displayName: string; domains: readonly string[] };
  tenantId: string;
  account: { name: string; username: string };
  /** Why it is probably the right tenant; empty when nothing suggests it. */
  fit: string;
  /** When there is any doubt, the technician must type the customer's name. */
  doubts: readonly string[];
  /** The end of the time for an answer. */
  until: number;
  problem?: string;
}

const DOMAINS_SHOWN = 8;
const LONGEST_ON_BUTTON = 24;

const render = presenter(template);

/** Asks the technician whether a tenant is the customer's: input `name`; `do` is connect, discard or look. */
export const confirmTenantCard = ({
  described,
  account,
  doubts,
  problem = '',
  ...data
}: ConfirmTenantData): Card =>
  render({
    ...data,
    heading: `Is this the tenant of ${data.customer}?`,
    speak: problem || line`Is this the tenant of ${data.customer}? Answer by ${dateTime(data.until)}.`,
    lead: line`An administrator of it consented. Keyturn uses nothing of it before you confirm. Answer by ${dateTime(data.until)}.`,
    rows: [
      ...(described
        ? [
            ['Tenant', described.displayName || '(without a name)'],
            ['Domains', listed(described.domains, DOMAINS_SHOWN) || 'none'],
          ]
        : []),
      ['Tenant ID', data.tenantId],
      ['Consent by', account.name ? `${account.name} (${account.username})` : account.username],
    ].map(([label = '', value = '']) => ({ label, copied: value })),
    fit: doubts.length > 0 ? '' : data.fit,
    doubts: doubts.map((doubt) => ({ doubt })),
    problem,
    described: described !== undefined,
    needsName: described !== undefined && doubts.length > 0,
    connect: `Yes, connect ${shortened(data.customer)}`,
  });

const shortened = (name: string): string =>
  [...name].length > LONGEST_ON_BUTTON ? `${[...name].slice(0, LONGEST_ON_BUTTON - 1).join('')}…` : name;
