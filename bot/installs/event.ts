import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';

/** An event that the channel reports and that no person typed. */
export interface ChannelEvent {
  /** Activity type. */
  type: string;
  handle(turn: Turn, deps: AppDeps): Promise<void>;
}
