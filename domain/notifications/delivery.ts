/** What cards in many chats show: a record that changes, and its cards change with it. */
export interface Subject {
  kind: 'notice' | 'digest' | 'setUp';
  id: string;
}

/** The key by which the cards of a subject are found. */
export const subjectKey = ({ kind, id }: Subject): string => `${kind}|${id}`;

/** One card in one conversation. The document id is made of the subject and the conversation. */
export interface Delivery {
  conversationId: string;
  /** The customer that it is about; absent in a digest, and in deliveries of earlier versions. */
  customerId?: string;
  /** See isUrgent. */
  urgent?: true;
  subject: Subject;
  /** Id of the digest that sums it up. The digest finds its notices in these rows. */
  keptFor?: string;
  /** In a digest that an earlier version began: the notices that it summed up. */
  noticeIds?: string[];
  /** The revision of its subject that the card should show, and the one that it shows. */
  wanted: number;
  shown: number;
  /** The id of the message, once it has been sent. */
  cardId?: string;
  /**
   * `sending`: written down before the send; an instance that finds it later cannot know whether the card
   * arrived. `kept`: never sent by itself, because its digest tells it. `held`: this conversation cannot be
   * told now; it is looked at again from time to time, and sent once it can be.
   */
  state: 'kept' | 'held' | 'waiting' | 'sending' | 'shown' | 'gone' | 'failed';
  /**
   * Since the card was last sent: all tries, and those that failed through a fault. Only the failures lead to
   * giving up.
   */
  attempts: number;
  failures?: number;
  /**
   * A try ended without a clear answer whether Teams took the card. The next card says, for as long as it
   * exists, that it may be a repeat.
   */
  mayBeThere?: boolean;
  dueAt: number;
  /** The moment that decides its position in the conversation's line, once it had to wait there. */
  lineAt?: number;
  /** The failure of the last try, safe to show. */
  failure?: string;
  createdAt: number;
}

/** A card that has not been sent yet. */
export const newCard = (
  told: Pick<Delivery, 'conversationId' | 'customerId' | 'subject' | 'wanted' | 'dueAt'>,
  now: number,
): Delivery => ({ ...told, shown: 0, state: 'waiting', attempts: 0, createdAt: now });
