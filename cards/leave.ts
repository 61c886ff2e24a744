import type { Card } from './card';
import { presenter } from './card';
import template from './leave.json';

export interface LeaveData {
  run: string;
  /** What the person is in the middle of, such as 'Add customer'. */
  title: string;
  /** What is kept when it is left, one sentence. */
  kept: string;
  /** The command that was asked for instead, and how its button reads. */
  command: string;
  commandTitle: string;
  customerId?: string;
}

const render = presenter(template);

/** Asks whether to leave a dialog for another command (verb `leave`, `do` is leave or stay). */
export const leaveCard = ({ run, title, kept, command, commandTitle, customerId }: LeaveData): Card => {
  const target = customerId === undefined ? { command } : { command, customerId };
  return render({
    title,
    kept,
    commandTitle,
    leave: { run, do: 'leave', ...target },
    stay: { run, do: 'stay', ...target },
  });
};
