import type { CustomerEvent } from '../../../domain/events/customerEvent';
import { type Face, IN_SIGHT, NOTHING, SHOWN } from './face';
import type { Beside } from './further';

type Plain = Pick<Face, 'heading' | 'tone' | 'facts' | 'lead'>;

/**
 * The face of a kind whose events are told one by one. Several events are shown as a number, and each as a
 * row; `many` is the heading of so many.
 */
export const oneByOne =
  <Event extends CustomerEvent>(
    one: (event: Event, told: number) => Plain,
    many: (count: number) => string,
  ) =>
  (events: readonly Event[], told: number, { further }: Pick<Beside, 'further'>): Face => {
    const faces = events.map((event) => one(event, told));
    const [first] = faces;
    const total = faces.length + further.total;
    if (!first) return NOTHING;
    if (total === 1) return { ...first, asks: false };
    const rows = faces.slice(0, SHOWN).map(({ heading, lead = '' }) => ({ title: heading, under: lead }));
    const rest = total - rows.length;
    const list = { rows, ...(rest > 0 && { more: `and ${rest.toLocaleString('en')} more` }) };
    return {
      heading: many(total),
      tone: first.tone,
      asks: false,
      ...(total > IN_SIGHT ? { fold: { noun: 'all', ...list } } : list),
    };
  };
