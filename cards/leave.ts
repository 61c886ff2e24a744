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
    speak: `Leave what you were doing? ${title}`,
    title,
    kept,
    commandTitle,
    leave: { run, do: 'leave', ...call },
    stay: { run, do: 'stay' },
  });
