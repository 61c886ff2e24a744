import type { NoticeData } from '../../cards/notice';

/** For resets that nobody explained; `about`: the notice or the digest that tells them. */
export const explainButtons = (about: { noticeId: string } | { digestId: string }): NoticeData['buttons'] => [
  { title: 'It was us', verb: 'explainResets', data: { ...about, as: 'ours' } },
  { title: 'Look into it', verb: 'explainResets', data: { ...about, as: 'lookInto' } },
];
