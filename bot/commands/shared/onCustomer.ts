import { z } from 'zod';
import { activeCustomer } from '../../../domain/customers/changeCustomer';
import type { AppDeps, Command } from '../../appDeps';
import type { Turn } from '../../turns/turn';

type OnCustomer = Pick<Command<{ customerId: string }>, 'args' | 'run'>;

/** A command about one customer. */
export const onCustomer = (
  run: (turn: Turn, customerId: string, deps: AppDeps) => Promise<void>,
): OnCustomer => ({
  args: z.object({ customerId: z.string().max(100) }),
  async run(turn, { customerId }, deps) {
    await run(turn, (await activeCustomer(deps.stores.customers, customerId)).id, deps);
  },
});

/** A command that opens a dialog about the customer that is named. */
export const dialogOnCustomer = (dialog: string): OnCustomer =>
  onCustomer((turn, customerId, deps) => deps.dialogs.start(turn.context, dialog, { customerId }));

const stepArgs = z.object({
  customerId: z.string().max(100),
  /** Clicked on the card of the customer's set-up: the dialog asks there. */
  here: z.boolean().optional(),
});
type StepArgs = z.infer<typeof stepArgs>;

/** The same for a dialog that is a step of setting a customer up. */
export const setUpStepOnCustomer = (dialog: string): Pick<Command<StepArgs>, 'args' | 'run'> => ({
  args: stepArgs,
  async run(turn, { customerId, here }, deps) {
    const { id } = await activeCustomer(deps.stores.customers, customerId);
    const { replyToId: cardId } = turn.envelope;
    const home = here && cardId ? { customerId: id, cardId } : undefined;
    await deps.dialogs.start(turn.context, dialog, { customerId: id }, home);
  },
});
