/** The statuses in an account of the sandbox, in the order of their ids at IT Glue. */
export const STATUSES = ['Active', 'Inactive', 'Testing Only'] as const;
export const TYPES = ['Customer', 'Vendor', 'Owner', 'Prospect', 'Partner'] as const;

/** A company as the stand-ins store it, before it gets the form of IT Glue or Hudu. */
export interface SandboxOrganization {
  id: number;
  name: string;
  status: (typeof STATUSES)[number];
  type: (typeof TYPES)[number];
  /** Hudu hides it from its list. IT Glue knows only the status. */
  archived: boolean;
  city: string;
  website: string | null;
  /** RFC 3339, as both vendors write it. */
  createdAt: string;
  updatedAt: string;
  /** Overwrites fields of the row in the API, to play a damaged one. */
  damage?: Record<string, unknown>;
}
