export const ROLES = ['admin', 'technician', 'approver'] as const;
export type Role = (typeof ROLES)[number];

/** A person of the MSP who may use the bot. The document id is the Entra object id, lower case. */
export interface Person {
  objectId: string;
  name: string;
  roles: Role[];
  addedBy: { id: string; name: string };
  addedAt: number;
}

/** Stands for a name that the channel did not tell. */
export const UNNAMED = 'Somebody';

/** What people may do; every command, dialog and card verb names one of these where it is declared. */
export const PERMISSIONS = [
  'customers.read',
  'customers.write',
  'customers.remove',
  'tenants.connect',
  'sync.choose',
  'people.manage',
  'integrations.manage',
  'organizations.import',
  'agents.manage',
  'resets.explain',
  'notifications.manage',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const GRANTS: Record<Role, readonly Permission[]> = {
  admin: PERMISSIONS,
  technician: [
    'customers.read',
    'customers.write',
    'tenants.connect',
    'sync.choose',
    'organizations.import',
    'agents.manage',
    'resets.explain',
  ],
  approver: ['customers.read'],
};

export const permissionsOf = (roles: readonly Role[]): ReadonlySet<Permission> =>
  new Set(roles.flatMap((role) => GRANTS[role]));

/** The person for whom this turn acts, with their permissions, read from the store in this turn. */
export interface Actor {
  /** Entra object id, lower case. */
  id: string;
  name: string;
  permissions: ReadonlySet<Permission>;
  /** The conversation where the person asked: for the audit trail. */
  conversationId: string;
}
