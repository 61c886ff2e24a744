/** A company as IT Glue (organization) or Hudu (company) keeps it; only the fields that we use. */
export interface Organization {
  /** The vendor's id as text; a customer is linked by it. */
  id: string;
  /** The name at the vendor: possibly empty, very long, or the same as another organization's. */
  name: string;
  /** `inactive`: IT Glue says so by its status. */
  state: 'active' | 'inactive' | 'archived';
  /** IT Glue's status and type, Hudu's company type, in the account's own words. */
  statusName?: string;
  typeName?: string;
  /** Its page at the vendor, https. */
  url?: string;
}

/**
 * The link of a customer to its organization upstream; by id, never by name. The document
 * id is linkIdOf(...).
 */
export interface OrganizationLink {
  customerId: string;
  integrationId: string;
  organizationId: string;
  /** What the last refresh saw. */
  upstream: {
    name: string;
    url?: string;
    state: Organization['state'] | 'gone';
    /** With `gone`: another organization that has its name now. */
    mergedInto?: { organizationId: string; name: string };
    /** When a refresh first saw it like this. */
    seenAt: number;
  };
  /** The upstream name that a person decided to ignore ('keep ours'). */
  keptOursOver?: string;
  linkedAt: number;
  linkedBy: { id: string; name: string };
}

/** One organization belongs to at most one customer. */
export const linkIdOf = (integrationId: string, organizationId: string): string =>
  `${integrationId}:${organizationId}`;
