import type { Card, CommandCall } from './card';
import { presenter } from './card';
import template from './leave.json';

export interface LeaveData {
  run: string;
  /** What the person is in the middle of, such as 'Add customer'. */
  title: string;
  /** What is kept when it is left, one sentence. */
  kept: string;
  /** The command that was asked for instead, and how its button reads. `text`: its words, when it is not clear yet what they mean. */
  call: CommandCall & { text?: string };
  commandTitle: string;
}

const render = presenter(template);

/** Asks whether to leave a dialog for another command (verb `leave`, `do` is leave or stay). */
export const leaveCard = ({ run, title, kept, call, commandTitle }: LeaveData): Card =>
  render({ title, kept, commandTitle, leave: { run, do: 'leave', ...call }, stay: { run, do: 'stay' } });
