import type { Stored } from '../../ports';
import type { Agent } from '../agent';

/** Only an agent that is online hears an order at once. */
export const isOnline = ({ value }: Stored<Agent>): boolean => value.state === 'online';
