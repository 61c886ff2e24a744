import type { Permission } from '../../../domain/people/person';
import { permittedHere } from '../../access/hearing';
import type { AppDeps, Command } from '../../appDeps';
import type { Turn } from '../../turns/turn';

/** What help and the greeting offer here. */
export interface Offered {
  /** In the order of help. */
  commands: readonly Command[];
  /** Everybody who reads along may see customers. */
  showsCustomers: boolean;
}

/** The commands that everybody who reads along may use here. */
export async function offered(turn: Turn, deps: AppDeps): Promise<Offered> {
  const permitted = await permittedHere(turn, deps);
  const commands = deps.commands.filter(
    (each) => (turn.personal || each.audience !== 'personal') && mayAll(permitted, each),
  );
  return { commands, showsCustomers: permitted.has('customers.read') };
}

const mayAll = (permitted: ReadonlySet<Permission>, { permission, audience }: Command): boolean =>
  (!permission || permitted.has(permission)) && (audience === 'anywhere' || permitted.has('customers.read'));
