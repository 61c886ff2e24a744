import type { IEvaluationContext } from 'adaptivecards-templating';
import { Template } from 'adaptivecards-templating';

/** An Adaptive Card 1.5 as plain JSON, ready to be an attachment's content. */
export type Card = { type: 'AdaptiveCard' } & Record<string, unknown>;

/**
 * Makes a presenter of a card template: typed data in, card JSON out. The template is parsed once.
 * Text that comes from people or vendors must go through `plain`, so that it cannot become markdown or a binding.
 */
export function presenter<Data extends object>(template: object): (data: Data) => Card {
  const parsed = new Template(template);
  return (data) => parsed.expand({ $root: data } as IEvaluationContext) as Card;
}
