import type { NoticeData } from '../../../cards/notice';

/**
 * The notice or digest that tells the resets, and how far the card goes (`resets`: for an alarm). Nobody saw
 * what joined after the card was made.
 */
type About =
  | { noticeId: string; shown: number; joined?: number; resets?: number }
  | { digestId: string; madeAt: number };

/** For unexplained resets. */
export const explainButtons = (about: About): NoticeData['buttons'] => [
  { title: 'It was us', verb: 'explainResets', data: { ...about, as: 'ours' } },
  { title: 'Look into it', verb: 'explainResets', data: { ...about, as: 'lookInto' } },
];
