import type { Card } from '../../../cards/shared/card';
import type { Delivery, Subject } from '../../../domain/notifications/delivery';
import type { Needs } from '../../../domain/stores/core';
import type { SetUpDeps } from '../../views/showSetUp';
import type { RecordDeps } from '../noticeRecords';
import type { ToldNowDeps } from '../toldNow';

/**
 * One kind of record that cards in many chats show. When the record changes, `raiseCards` of
 * domain/notifications/subjectCards.ts brings all of them up to date.
 */
export interface SubjectKind<Kind extends Subject['kind'] = Subject['kind']> {
  kind: Kind;
  /** Whether this conversation may be told about it now. */
  whereTo(deps: ToldNowDeps, conversationId: string): Promise<Where>;
  /**
   * The card in the record's present state, with `note` in small print, and its revision; undefined: there is
   * nothing to tell any more.
   */
  card(delivery: Delivery, note?: string): Promise<{ card: Card; revision: number } | undefined>;
}

/**
 * `why`: this conversation is not told any more. `until`: it cannot be told for now. Both are words for
 * people, with names in them; `because` is for the log.
 */
export type Where =
  | { reference: unknown }
  | { why: string; because: string }
  | { until: string; because: string; lookMs?: number };

export type SubjectDeps = RecordDeps & SetUpDeps & Needs<'subscriptions' | 'references'>;
