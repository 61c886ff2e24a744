/** The MSP that the bench plays. */
export const TENANT_ID = '7f3c5c1e-5d0b-4b57-9a53-0d7c6a1f1f01';
export const FIRST_ADMIN = '7f3c5c1e-5d0b-4b57-9a53-0d7c6a1f1f02';

export interface BenchPerson {
  /** Entra object id. */
  objectId: string;
  /** The person's id in the channel; the connector stand-in finds the person by it. */
  channelUserId: string;
  name: string;
}

export const personOf = (number: number): BenchPerson => ({
  objectId: `7f3c5c1e-5d0b-4b57-9a53-${number.toString(16).padStart(12, '0')}`,
  channelUserId: `29:bench-${number}`,
  name: `Technician ${number}`,
});
