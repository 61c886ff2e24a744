import template from './notify.json';
import { type Badge, type Card, presenter, shownState } from './shared/card';

export interface NotifyData {
  /** One sentence: what the settings below are about. */
  lead: string;
  state: Badge;
  /** Whether this conversation receives notices, which can then be stopped. */
  on: boolean;
  customers: 'all' | 'chosen';
  /**
   * Which customers are chosen, and how to choose more. Their names appear only here, never in a choice,
   * because some clients read markdown there.
   */
  chosen: string;
  kinds: readonly string[];
  choices: readonly { value: string; title: string }[];
  timeZone: string;
  quietFrom: string;
  quietTo: string;
  digestAt: string;
  /** Notices that could not be delivered, in words. */
  failures?: string;
  problem?: string;
}

const render = presenter(template);

/** Which notices this conversation wants (verbs `notifySave` with its inputs, `notifyStop`). */
export const notifyCard = ({ state, kinds, failures = '', problem = '', ...data }: NotifyData): Card =>
  render({
    ...data,
    ...shownState(state),
    kinds: kinds.join(','),
    failures,
    speak: problem || `Notifications: ${state.text}`,
    problem,
  });
