import { integrationContext } from '../../../domain/integrations/storedKeys';
import { customerOf, integrationOf, organization } from '../vendors/importWorld';
import type { Bot } from './bot';
import type { Seat } from './seat';
import { useSite, type World } from './useSite';

export const HUDU = 'Hudu (docs.example.com)';

/** A site with one integration, thirteen organizations in it, and one customer that resembles one of them. */
export function useImports(): World {
  const world = useSite();
  beforeEach(async () => {
    const { site, bot } = world;
    const key = await site.vault.seal('a-secret-key', integrationContext('hudu'));
    await bot.stores.integrations.insert('hudu', { ...integrationOf(HUDU), key });
    await bot.stores.customers.insert('contoso', customerOf('contoso', 'Contoso Ltd'));
    site.vendor.organizations = [
      organization('1', 'CONTOSO, Limited'),
      organization('2', 'Adatum'),
      organization('3', 'Old', { state: 'archived' }),
      ...Array.from({ length: 10 }, (_, n) => organization(`n${n}`, `Company ${n}`)),
    ];
  });
  return world;
}

/** Runs due jobs until none is left. */
export async function work(bot: Bot): Promise<void> {
  for (let claimed = 1; claimed > 0; ) claimed = await bot.runner.tick();
}

/** Runs an import up to its review. */
export async function reviewing(seat: Seat, bot: Bot): Promise<void> {
  await seat.says('import organizations');
  await work(bot);
}
