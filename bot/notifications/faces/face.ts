import type { NoticeData } from '../../../cards/notice';

/** What a notice looks like, whosesoever it is. */
export type Face = Pick<NoticeData, 'what' | 'tone' | 'lead' | 'rows' | 'more' | 'note'> & {
  /** Somebody is to say whether it was the MSP. */
  asks: boolean;
};

/** A card shows so many events; further ones are counted. */
export const SHOWN = 10;
