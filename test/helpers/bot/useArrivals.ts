import type { EventFacts } from '../../../domain/events/customerEvent';
import { createArrivals } from '../../../domain/resets/trackArrival';
import type { CloudPasswordState } from '../../../domain/tenants/ports';
import { textOf } from '../botWorld/cardReader';
import { sampleCustomer } from '../botWorld/sampleCustomer';
import { useSite } from '../botWorld/useSite';
import { connectedTenant } from './arrivals';
import { resetEvent } from './resetEvents';

type ResetFacts = Extract<EventFacts, { reset: unknown }>;

/**
 * A site with a connected customer, about which Tess wants to be told everything. `cloud` is what Microsoft
 * says, so many ms after the reset.
 */
export function useArrivals() {
  const world = useSite();
  const arrivals = {
    world,
    customerId: '',
    resetAt: 0,
    looks: [] as number[],
    cloud: (_at: number): CloudPasswordState => ({ found: false }),
    cards: () => world.site.teams.messages.map(({ card }) => textOf(card)),

    /** A reset is told; `arrival`: what is known of its way at once. */
    async happens(
      more: Partial<ResetFacts['reset']> = {},
      arrival: Partial<ResetFacts['arrival']> = {},
      account = 1,
    ): Promise<string> {
      const { customerId, resetAt } = arrivals;
      const { id, value } = resetEvent(customerId, account, resetAt, {
        facts: { arrival: { state: 'checking', ...arrival } },
      });
      const facts = value.facts as ResetFacts;
      const reset = { ...facts.reset, ...more };
      await world.bot.stores.events.insert(id, { ...value, facts: { ...facts, reset } });
      await createArrivals({ ...world.bot, clock: world.site.clock })(id, customerId);
      return id;
    },

    /** Lets time pass, with the bot's background work in it. */
    async passes(seconds: number): Promise<void> {
      for (let second = 0; second < seconds; second++) {
        await world.bot.runner.tick();
        await world.bot.notifications.run();
        world.site.clock.advance(1_000);
      }
    },
  };

  beforeEach(async () => {
    const customer = sampleCustomer('Contoso', { office365: connectedTenant() });
    arrivals.customerId = customer.id;
    await world.bot.stores.customers.insert(customer.id, customer);
    const tess = world.seat(world.site.tess);
    await tess.installs();
    await tess.says('notify');
    await tess.clicks(tess.card, 'Save');
    world.site.teams.messages.length = 0;
    const resetAt = world.site.clock.now();
    arrivals.resetAt = resetAt;
    arrivals.looks = [];
    arrivals.cloud = () => ({ found: true, synced: true, lastPasswordChangeAt: resetAt - 86_400_000 });
    world.site.microsoft.passwordState = async () => {
      const at = world.site.clock.now() - resetAt;
      arrivals.looks.push(at);
      return arrivals.cloud(at);
    };
  });
  return arrivals;
}
