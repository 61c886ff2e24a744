import type { Permission } from '../../domain/people/person';
import type { Audience } from '../access/hearing';
import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';

/** What came with a command: the words behind it, or the customer whose card's button was clicked. */
export interface CommandArgs {
  text: string;
  customerId?: string;
}

/** One thing that can be typed, or clicked on a card. */
export interface Command {
  /** As typed, and as its buttons say it; the first of its phrases. */
  title: string;
  /** Other ways to say it. */
  also: readonly string[];
  description: string;
  example: string;
  /** Undefined: everybody who has a role. */
  permission: Permission | undefined;
  /** Shown in the manifest, which takes twelve, and in help; or in help alone. The others are reached by buttons. */
  listed: boolean | 'inHelp';
  /** Who may read along: by default everybody in the place has to be allowed to see customers. */
  audience?: Audience;
  /** A mention in its words stays as it came, `<at>name</at>`; other commands get the name alone. */
  readsMentions?: true;
  run(turn: Turn, args: CommandArgs, deps: AppDeps): Promise<void>;
}
