import { notAllowed } from '../errors';
import type { Actor, Permission } from './person';

/** Says what the permission allows. */
export const DEEDS: Record<Permission, string> = {
  'customers.read': 'see customers',
  'customers.write': 'add or change customers',
  'customers.remove': 'remove or restore customers',
  'tenants.connect': 'connect a tenant',
  'sync.choose': 'choose how a customer syncs',
  'people.manage': 'manage who may use Keyturn',
  'integrations.manage': 'manage integrations',
  'organizations.import': 'import organizations',
  'agents.manage': 'install, revoke or direct agents',
  'resets.explain': 'say who did a reset',
  'notifications.manage': 'choose what channels and group chats are told',
};

/** Throws notAllowed, with the people to ask, unless the actor may do this now. */
export function permit(actor: Actor, permission: Permission): void {
  if (actor.permissions.has(permission)) return;
  throw notAllowed(
    `You may not ${DEEDS[permission]}. Ask one of your Keyturn admins to give you the role for it.`,
  );
}
