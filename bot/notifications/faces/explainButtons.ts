import type { NoticeData } from '../../../cards/notice';

/**
 * The notice or the digest that tells the resets, and how far the card goes (`resets`: of an alarm): what
 * joined after it was made was seen by nobody.
 */
type About =
  | { noticeId: string; shown: number; joined?: number; resets?: number }
  | { digestId: string; madeAt: number };

/** For resets that nobody explained. */
export const explainButtons = (about: About): NoticeData['buttons'] => [
  { title: 'It was us', verb: 'explainResets', data: { ...about, as: 'ours' } },
  { title: 'Look into it', verb: 'explainResets', data: { ...about, as: 'lookInto' } },
];
