import { z } from 'zod';
import { confirmStepCard } from '../cards/confirmStep';
import { openCustomer } from '../cards/finished';
import { said } from '../cards/shared/said';
import { activeCustomer } from '../domain/customers/changeCustomer';
import { invalidInput } from '../domain/errors';
import { disconnectTenant, NOT_UNDONE_BY_DISCONNECTING } from '../domain/tenants/disconnectTenant';
import type { DialogDefinition } from './dialog';
import { ended } from './steps/ended';

interface Values {
  customerId: string;
  name: string;
  tenantId: string;
  /** The tenant's name, as the card showed it. */
  tenant: string;
}

const TITLE = 'Disconnect Microsoft 365';

/** Disconnects a customer's tenant, after saying what stays behind. */
export function createDisconnectTenant(
  deps: Parameters<typeof disconnectTenant>[0],
): DialogDefinition<Values> {
  return {
    id: 'disconnectTenant',
    title: TITLE,
    permission: 'tenants.connect',
    kept: ({ name }) => `${name} stays connected.`,
    options: z.object({ customerId: z.string().max(100) }),
    async start({ customerId }: { customerId: string }) {
      const { name, office365 } = (await activeCustomer(deps.stores.customers, customerId)).value;
      if (!('tenant' in office365))
        throw invalidInput(`${name} is not connected to Microsoft 365, so there is nothing to disconnect.`);
      const { tenantId, displayName: tenant } = office365.tenant;
      return { go: 'confirm', values: { customerId, name, tenantId, tenant } };
    },
    steps: {
      confirm: {
        answer: z.object({ choice: z.enum(['keep', 'disconnect'], { message: 'Please choose one.' }) }),
        async card({ name, tenant }, shown) {
          const intro = `${name} is connected to ${said(tenant)}. ${NOT_UNDONE_BY_DISCONNECTING}`;
          return confirmStepCard({
            ...shown,
            title: `Disconnect ${name} from Microsoft 365?`,
            intro: `${intro} Keyturn forgets the tenant. You can connect it again.`,
            keep: { title: 'Keep it', choice: 'keep' },
            change: { title: 'Disconnect', choice: 'disconnect', style: 'destructive' },
          });
        },
        async handle(
          { choice }: { choice: 'keep' | 'disconnect' },
          { customerId, name, tenantId, tenant },
          { actor, requestId },
        ) {
          if (choice === 'keep') return { end: [], summary: `${name} stays connected.` };
          await disconnectTenant(deps, actor, { customerId, tenantId, requestId });
          const summary = `${name} is disconnected from ${said(tenant)}.`;
          const lines = [summary, NOT_UNDONE_BY_DISCONNECTING];
          return ended(summary, { title: name, lines, tone: 'neutral', actions: [openCustomer(customerId)] });
        },
      },
    },
  };
}
