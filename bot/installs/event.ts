import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';

/** Something the channel tells that nobody said. */
export interface ChannelEvent {
  /** Activity type. */
  type: string;
  handle(turn: Turn, deps: AppDeps): Promise<void>;
}
