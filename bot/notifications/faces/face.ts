import type { NoticeData } from '../../../cards/notice';
import { dateTime, type Moment, time } from '../../../cards/shared/time';

/** The look of a notice, without its customer. */
export type Face = Omit<NoticeData, 'customer' | 'note' | 'buttons'> & {
  /** Whether somebody still has to say whether it was the MSP; `lookInto`: somebody said to look into it. */
  asks: false | 'unexplained' | 'lookInto';
};

/** A card shows this many events and counts further ones. */
export const SHOWN = 10;
/** More rows than these are folded. */
export const IN_SIGHT = 3;

export const NOTHING: Face = { heading: 'There is nothing to tell any more', tone: 'neutral', asks: false };

const HALF_DAY = 12 * 60 * 60_000;

/** A moment on a card that was sent at `told`: with its day, unless that is clear. */
export const momentOn =
  (told: number) =>
  (at: number): Moment =>
    Math.abs(at - told) < HALF_DAY ? time(at) : dateTime(at);
