import template from './leave.json';
import { type Card, type CommandCall, presenter } from './shared/card';

export interface LeaveData {
  run: string;
  /** What the person is doing at the moment, such as 'Add customer'. */
  title: string;
  /** What stays when the person leaves it, in one sentence. */
  kept: string;
  /**
   * The command that the person asked for instead, and its button's title. `text` holds the person's words
   * when their meaning is not clear yet.
   */
  call: CommandCall & { text?: string };
  commandTitle: string;
}

const render = presenter(template);

/** Asks whether to leave a dialog for another command (verb `leave`, `do` is leave or stay). */
export const leaveCard = ({ run, title, kept, call, commandTitle }: LeaveData): Card =>
  render({
    speak: `Discard the current step? ${title} is not finished.`,
    title,
    kept,
    discard: `Discard and open ${commandTitle.charAt(0).toUpperCase()}${commandTitle.slice(1)}`,
    leave: { run, do: 'leave', ...call },
    stay: { run, do: 'stay' },
  });
