import { TENANT_ID } from '../cloud/signInWorld';
import { administratorSignsIn } from './administrator';
import { addsCustomer } from './customers';
import type { Seat } from './seat';
import { useSite } from './useSite';

export const CONNECT = 'Yes, connect Contoso';

/** A bot after Tess asked Contoso's administrator to sign in: shared by the tests of the tenant question. */
export function useTenantQuestion() {
  const world = useSite();
  let tess: Seat;
  let contoso: string;
  const customer = async (id = contoso) => (await world.bot.stores.customers.get(id))?.value;
  return {
    world,
    /** Begins a test with Tess and the id of her customer Contoso. */
    async opened() {
      tess = world.seat(world.site.tess);
      contoso = await addsCustomer(tess, 'Contoso', 'both');
      return { tess, contoso };
    },
    customer,
    office365: async (id?: string) => (await customer(id))?.office365.state,
    async signedInAs(tenantId: string = TENANT_ID, seat = tess) {
      world.site.microsoft.admin = { ...world.site.microsoft.admin, tenantId };
      return seat.verifies(await administratorSignsIn(world.bot, world.site.teams.in(seat.conversation.id)));
    },
    describing(displayName: string, ...domains: string[]) {
      world.site.microsoft.describe = async () => ({ displayName, domains });
    },
    /** The data of a card's button, with one value replaced. */
    forged: async (more: object = {}) => ({
      verb: 'tenant',
      data: {
        do: 'connect',
        customerId: contoso,
        proposalId: (await world.bot.stores.tenantProposals.get(contoso))?.value.id,
        seen: /"seen":"([^"]+)"/.exec(JSON.stringify(tess.card.card))?.[1],
        name: 'Contoso',
        ...more,
      },
    }),
  };
}
