import { z } from 'zod';
import { saveSubscription, unsubscribe } from '../../domain/notifications/subscribe';
import { readWish } from '../../domain/notifications/wish';
import { conversationOf, showNotify } from '../views/showNotify';
import { cardAction } from './cardAction';

const text = (longest: number) => z.string().max(longest).default('');

/** Inputs are all text; commas separate several choices. A card of an earlier version has no `when`. */
const formSchema = z
  .object({
    customers: text(20),
    kinds: text(500),
    when: text(20),
    timeZone: text(100),
    quietFrom: text(10),
    quietTo: text(10),
    digestAt: text(10),
  })
  .transform((form) => ({ ...form, kinds: form.kinds.split(',').filter(Boolean) }));

/**
 * Saves which alerts this conversation gets. The conversation is where the button was clicked, whatever the
 * card says. A refused form keeps what was filled in, and says beside the field what to enter.
 */
export const notifySave = cardAction({
  verb: 'notifySave',
  permission: 'customers.read',
  audience: 'anywhere',
  schema: formSchema,
  async handle(turn, form, deps) {
    const read = readWish(form);
    if ('fault' in read) return turn.replace(await showNotify(deps, turn, { form, fault: read.fault }));
    const request = { wish: read.wish, requestId: turn.requestId };
    await saveSubscription(deps, turn.actor, conversationOf(turn), request);
    turn.replace(await showNotify(deps, turn));
  },
  refused: {
    code: 'invalidInput',
    card: (turn, form, deps, sentence) =>
      showNotify(deps, turn, { form, fault: { field: 'customers', sentence } }),
  },
});

export const notifyStop = cardAction({
  verb: 'notifyStop',
  permission: 'customers.read',
  audience: 'anywhere',
  schema: z.object({}),
  async handle(turn, _data, deps) {
    await unsubscribe(deps, turn.actor, conversationOf(turn), { requestId: turn.requestId });
    turn.replace(await showNotify(deps, turn));
  },
});
