/** Who is in a shared place, as Teams told it. */
export interface ConversationMembers {
  lookedAt: number;
  /** People of the MSP, by Entra object id. */
  people: { id: string; name: string }[];
  /** The names of those who are none: guests, other tenants, and accounts of which Teams does not tell. */
  guests: string[];
  /** There are more than are looked at: nobody knows who hears. */
  tooMany?: true;
}

/** More people than work on customers together; who is in a larger place is not known one by one. */
export const MOST_MEMBERS = 500;

/** Who would hear of customers without being allowed to, and why, as people read it. */
export const outsidersOf = ({ people, guests }: ConversationMembers, holders: ReadonlySet<string>) =>
  [
    { why: 'Guests or people of other organizations', names: guests },
    {
      why: 'Without a role in Keyturn',
      names: people.filter(({ id }) => !holders.has(id)).map(({ name }) => name),
    },
  ].filter(({ names }) => names.length > 0);
