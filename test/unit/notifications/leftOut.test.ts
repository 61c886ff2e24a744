import type { Subscription } from '../../../domain/notifications/notification';
import { subscriptions } from '../../../storage/collections/subscriptions';

const SUBSCRIPTION: Subscription = {
  scope: 'personal',
  customers: 'all',
  except: ['contoso', 'fabrikam'],
  kinds: ['resetSeen'],
  timeZone: 'UTC',
  setBy: { id: 'tess', name: 'Tess' },
  changedAt: 0,
};

it('a customer that is deleted for good is no longer left out by name', () => {
  const { without } = subscriptions.ofCustomer as {
    without: (value: Subscription, customerId: string) => Subscription | undefined;
  };
  expect(without(SUBSCRIPTION, 'contoso')).toEqual({ ...SUBSCRIPTION, except: ['fabrikam'] });
  expect(without(SUBSCRIPTION, 'wingtip')).toBeUndefined();
});
