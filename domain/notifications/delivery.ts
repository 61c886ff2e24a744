/** What cards in many chats show: a record that changes, and they with it. */
export interface Subject {
  kind: 'notice' | 'digest';
  id: string;
}

/** What the cards of a subject are found by. */
export const subjectKey = ({ kind, id }: Subject): string => `${kind}|${id}`;

/** One card in one conversation. The document id is made of what it shows and where. */
export interface Delivery {
  conversationId: string;
  /** Of whom it tells; absent in a digest, and in what an earlier version wrote. */
  customerId?: string;
  /** See isUrgent. */
  urgent?: true;
  subject: Subject;
  /** Id of the digest that sums it up, which finds its notices in these rows. */
  keptFor?: string;
  /** Of a digest that an earlier version began: what it summed up then. */
  noticeIds?: string[];
  /** The revision of its subject that is to be shown, and the one that is. */
  wanted: number;
  shown: number;
  /** The message, once it is there. */
  cardId?: string;
  /**
   * `sending`: written down before it is sent; whoever finds it so later cannot know whether it arrived.
   * `kept`: never sent by itself, its digest tells it. `held`: this place cannot be told now; looked at again
   * now and then, and sent once it can be.
   */
  state: 'kept' | 'held' | 'waiting' | 'sending' | 'shown' | 'gone' | 'failed';
  /** Since the card was last sent: all tries, and those in which something was wrong. What gives it up is these alone. */
  attempts: number;
  failures?: number;
  /** A try ended without an answer that tells whether Teams took the card: the next one says that it may be a repeat, for as long as it is there. */
  mayBeThere?: boolean;
  dueAt: number;
  /** What its place in the conversation's line is by, once it had to wait there. */
  lineAt?: number;
  /** Of the last try, safe to show. */
  failure?: string;
  createdAt: number;
}

/** A card that was not sent yet. */
export const newCard = (
  told: Pick<Delivery, 'conversationId' | 'customerId' | 'subject' | 'wanted' | 'dueAt'>,
  now: number,
): Delivery => ({ ...told, shown: 0, state: 'waiting', attempts: 0, createdAt: now });
