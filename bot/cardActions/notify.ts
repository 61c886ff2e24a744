import { z } from 'zod';
import { invalidInput } from '../../domain/errors';
import { saveSubscription, unsubscribe, wishSchema } from '../../domain/notifications/subscribe';
import { conversationOf, showNotify } from '../views/showNotify';
import { cardAction } from './cardAction';

/** Inputs are all text; commas separate several choices. */
const formSchema = z
  .object({
    customers: z.string().max(20).default('all'),
    kinds: z.string().max(500).default(''),
    timeZone: z.string().max(100).default(''),
    quietFrom: z.string().max(10).default(''),
    quietTo: z.string().max(10).default(''),
    digestAt: z.string().max(10).default(''),
  })
  .transform((form) => ({ ...form, kinds: form.kinds.split(',').filter(Boolean) }));

const HOW = 'Times are written like 22:00, time zones like Europe/Berlin. Nothing was changed.';

/**
 * Saves what this conversation subscribes to. The conversation is where the button was clicked, whatever the
 * card says.
 */
export const notifySave = cardAction({
  verb: 'notifySave',
  permission: 'customers.read',
  audience: 'anywhere',
  schema: formSchema,
  async handle(turn, form, deps) {
    const wish = wishSchema.safeParse(trimmed(form));
    if (!wish.success) throw invalidInput(HOW);
    const request = { wish: wish.data, requestId: turn.requestId };
    await saveSubscription(deps, turn.actor, conversationOf(turn), request);
    turn.replace(await showNotify(deps, turn));
  },
  refused: {
    code: 'invalidInput',
    card: (turn, _form, deps, sentence) => showNotify(deps, turn, sentence),
  },
});

const trimmed = <Form extends Record<string, unknown>>(form: Form) =>
  Object.fromEntries(
    Object.entries(form).map(([key, value]) => [key, typeof value === 'string' ? value.trim() : value]),
  );

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
