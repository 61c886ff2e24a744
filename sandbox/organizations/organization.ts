/** The states an account of the sandbox knows, in the order of their ids at IT Glue. */
export const STATUSES = ['Active', 'Inactive', 'Testing Only'] as const;
export const TYPES = ['Customer', 'Vendor', 'Owner', 'Prospect', 'Partner'] as const;

/** A company as the stand-ins keep it, before it takes on the shape of IT Glue or Hudu. */
export interface SandboxOrganization {
  id: number;
  name: string;
  status: (typeof STATUSES)[number];
  type: (typeof TYPES)[number];
  /** Hudu hides it from its list; IT Glue knows only the status. */
  archived: boolean;
  city: string;
  website: string | null;
  /** RFC 3339, as both vendors write it. */
  createdAt: string;
  updatedAt: string;
  /** Written over the row as the API shows it, to play a damaged one. */
  damage?: Record<string, unknown>;
}
