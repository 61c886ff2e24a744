/** The Teams tenant of the managed service provider in the demo. */
export const MSP_TENANT_ID = '5f0c1e1a-6a55-4d8e-9c0d-2b7a3f4e9d10';

/** The person at the Playground, which can speak as nobody else. */
export const TECHNICIAN = {
  id: 'user-alex',
  objectId: '8b2f9b50-32a1-4f0e-a7a5-1f6f0a6b1c01',
  given: 'Alex',
  surname: 'Wilber',
};

/**
 * All other people in its group chat and its team. Each has the object id as id: its people picker gives
 * ids.
 */
export const COLLEAGUES = [
  { objectId: '8b2f9b50-32a1-4f0e-a7a5-1f6f0a6b1c02', given: 'Megan', surname: 'Bowen' },
  { objectId: '8b2f9b50-32a1-4f0e-a7a5-1f6f0a6b1c03', given: 'Adele', surname: 'Vance' },
  { objectId: '8b2f9b50-32a1-4f0e-a7a5-1f6f0a6b1c04', given: 'Isaiah', surname: 'Langer' },
  {
    objectId: '8b2f9b50-32a1-4f0e-a7a5-1f6f0a6b1c05',
    given: 'Patti',
    surname: 'Fernandez',
  },
  { objectId: '8b2f9b50-32a1-4f0e-a7a5-1f6f0a6b1c06', given: 'Lynne', surname: 'Robbins' },
];

const user = ({ id, objectId, given, surname }: Omit<typeof TECHNICIAN, 'id'> & { id?: string }) => ({
  id: id ?? objectId,
  name: `${given} ${surname}`,
  // The Playground spells it like this.
  userPrincipleName: `${given}.${surname}@msp.example`.toLowerCase(),
  aadObjectId: objectId,
  givenName: given,
  surname,
  email: `${given}.${surname}@msp.example`.toLowerCase(),
});

/**
 * The Playground's settings file: the same people and conversations in every run. It requires exactly five
 * users beside the current one. JSON is valid YAML.
 */
export const playgroundConfig = (): string =>
  JSON.stringify(
    {
      version: '0.1.1',
      tenantId: MSP_TENANT_ID,
      bot: { id: '28:5f0c1e1a-6a55-4d8e-9c0d-2b7a3f4e9d11', name: 'Keyturn' },
      currentUser: user(TECHNICIAN),
      users: COLLEAGUES.map((colleague) => user(colleague)),
      personalChat: { id: 'personal-chat' },
      groupChat: { id: 'group-chat', name: 'Service desk' },
      team: {
        id: 'team-operations',
        name: 'Operations',
        aadGroupId: '5f0c1e1a-6a55-4d8e-9c0d-2b7a3f4e9d12',
        channels: [{ id: 'channel-customers', name: 'Customers' }],
      },
    },
    undefined,
    2,
  );
