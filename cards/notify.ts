import type { Card, Tone } from './card';
import { colourOf, presenter } from './card';
import template from './notify.json';

export interface NotifyData {
  /** Whom this is about: 'you', 'this channel'. */
  place: string;
  state: { text: string; tone: Tone; symbol: string };
  /** Something is being told here: it can be stopped. */
  on: boolean;
  customers: 'all' | 'chosen';
  /** Which customers are chosen, with how to choose more; their names stand here alone, never in a choice: some clients read markdown there. */
  chosen: string;
  kinds: readonly string[];
  choices: readonly { value: string; title: string }[];
  timeZone: string;
  quietFrom: string;
  quietTo: string;
  digestAt: string;
  /** What could not be delivered, in words. */
  failures?: string;
  problem?: string;
}

const render = presenter(template);

/** What this conversation wants to be told (verbs `notifySave` with its inputs, `notifyStop`). */
export const notifyCard = ({ state, kinds, failures = '', problem = '', ...data }: NotifyData): Card =>
  render({
    ...data,
    state: `${state.symbol} ${state.text}`,
    colour: colourOf(state.tone),
    kinds: kinds.join(','),
    failures,
    problem,
  });
