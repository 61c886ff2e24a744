/** Who is in a shared conversation, as Teams told it. */
export interface ConversationMembers {
  lookedAt: number;
  /** People of the MSP, by Entra object id. */
  people: { id: string; name: string }[];
  /** The names of all others: guests, people of other tenants, and accounts that Teams does not identify. */
  guests: string[];
  /** The conversation has more members than Keyturn looks at, so nobody knows who reads along. */
  tooMany?: true;
}

/**
 * More people than work together on customers. Keyturn does not look up the members of a larger conversation.
 */
export const MOST_MEMBERS = 500;

/** Who would read about customers without permission, and why, as sentences for people. */
export const outsidersOf = ({ people, guests }: ConversationMembers, holders: ReadonlySet<string>) =>
  [
    { why: 'Guests or people of other organizations', names: guests },
    {
      why: 'Without a role in Keyturn',
      names: people.filter(({ id }) => !holders.has(id)).map(({ name }) => name),
    },
  ].filter(({ names }) => names.length > 0);
