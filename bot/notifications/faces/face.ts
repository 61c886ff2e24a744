import type { NoticeData } from '../../../cards/notice';

/** The look of a notice, without its customer. */
export type Face = Pick<NoticeData, 'what' | 'tone' | 'lead' | 'rows' | 'more' | 'note'> & {
  /** True when somebody has to say whether it was the MSP. */
  asks: boolean;
};

/** A card shows this many events and counts further ones. */
export const SHOWN = 10;
