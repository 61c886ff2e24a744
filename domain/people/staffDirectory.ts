/** A person of the MSP's own tenant, as its directory has them. */
export interface StaffMember {
  /** Entra object id, lower case. */
  objectId: string;
  name: string;
  /** Invited from another tenant. */
  guest: boolean;
  /** The account may not sign in. */
  blocked: boolean;
}

/** A person by Entra object id, or by user principal name or mail address. */
export type Sought = { objectId: string } | { address: string };

/** The MSP's own directory. Implemented by connectors/graph. */
export interface StaffDirectory {
  /**
   * Undefined: the directory has nobody of that kind. 'closed': Keyturn may not read it. Throws
   * MicrosoftRefused when Microsoft does not answer.
   */
  find(sought: Sought): Promise<StaffMember | 'closed' | undefined>;
}
