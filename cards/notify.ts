import type { WishFault, WishForm } from '../domain/notifications/wish';
import { factsOf } from './fragments/facts';
import { headerOf } from './fragments/header';
import template from './notify.json';
import { type Card, presenter } from './shared/card';

export interface NotifyData {
  /** Such as 'This chat'. */
  here: string;
  /** What alerts come here: whose, about what, when; absent: none. */
  on?: { whose: string; customers: string; about: string; when: string };
  /** How customers are added and removed; with names only where everybody may see them. */
  hint: string;
  form: WishForm;
  kinds: readonly { value: string; title: string }[];
  timeZones: readonly string[];
  /** What is wrong with the form, beside which field. */
  fault?: WishFault;
  /** Why nothing comes here at the moment. */
  problem?: string;
  /** Alerts that could not be delivered, in words. */
  warnings: readonly string[];
}

const render = presenter(template);

/** Which alerts this conversation gets (verbs `notifySave` with its inputs, `notifyStop`). */
export function notifyCard({ here, on, form, fault, problem = '', ...data }: NotifyData): Card {
  const heading = on ? `${here} gets alerts for ${on.whose}` : `${here} gets no alerts yet`;
  const filling = fault !== undefined;
  const under = on || filling ? '' : 'Get them for all customers, or choose what you need.';
  const beside = (field: string) => ({ problem: fault?.field === field ? fault.sentence : '' });
  return render({
    ...headerOf({ heading, under }),
    speak: fault ? fault.sentence : `${heading}.`,
    problem,
    warnings: data.warnings.map((text) => ({ text })),
    facts:
      on && !filling
        ? factsOf([
            ['Customers', on.customers],
            ['About', on.about],
            ['When', on.when],
          ] as const)
        : [],
    ...form,
    kinds: form.kinds.join(','),
    kindChoices: data.kinds,
    zones: data.timeZones.map((value) => ({ title: value.replaceAll('_', ' '), value })),
    hint: data.hint,
    faults: {
      customers: beside('customers'),
      kinds: beside('kinds'),
      when: beside('when'),
      zone: beside('timeZone'),
    },
    filling,
    saveStyle: on || filling ? 'positive' : 'default',
    getStyle: filling ? 'default' : 'positive',
    on: on !== undefined,
  });
}
