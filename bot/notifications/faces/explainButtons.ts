import type { Button } from '../../../cards/fragments/more';
import type { Face } from './face';

/**
 * The notice or digest that tells the resets, and how far the card goes (`resets`: for events that are about
 * resets). Nobody saw what joined after the card was made.
 */
type About =
  | { noticeId: string; shown: number; joined?: number; resets?: number }
  | { digestId: string; madeAt: number };

/** For unexplained resets; what somebody looks into can only become ours. */
export function explainButtons(about: About, asks: Face['asks']): Button[] {
  const ours = { title: 'Yes, it was us', verb: 'explainResets', data: { ...about, as: 'ours' } };
  const lookInto = { title: 'No, investigate', verb: 'explainResets', data: { ...about, as: 'lookInto' } };
  return asks === false ? [] : asks === 'lookInto' ? [ours] : [ours, lookInto];
}
