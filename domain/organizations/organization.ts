/** A company as IT Glue (organization) or Hudu (company) keeps it; only what we use of it. */
export interface Organization {
  /** The vendor's id as text; what a customer is linked by. */
  id: string;
  /** As it stands there, possibly empty, very long, or the same as another one's. */
  name: string;
  /** `inactive`: IT Glue says so by its status. */
  state: 'active' | 'inactive' | 'archived';
  /** IT Glue's status and type, Hudu's company type, in the account's own words. */
  statusName?: string;
  typeName?: string;
  /** Its page there, https. */
  url?: string;
}

/** The link of a customer to its organization upstream; by id, never by name. The document id is linkIdOf(...). */
export interface OrganizationLink {
  customerId: string;
  integrationId: string;
  organizationId: string;
  /** What a refresh saw last. */
  upstream: {
    name: string;
    url?: string;
    state: Organization['state'] | 'gone';
    /** With `gone`: another organization that has its name now. */
    mergedInto?: { organizationId: string; name: string };
    /** When it came to be as it is here. */
    seenAt: number;
  };
  /** The upstream name that a person decided to ignore ('keep ours'). */
  keptOursOver?: string;
  linkedAt: number;
  linkedBy: { id: string; name: string };
}

/** One organization belongs to one customer at most. */
export const linkIdOf = (integrationId: string, organizationId: string): string =>
  `${integrationId}:${organizationId}`;
