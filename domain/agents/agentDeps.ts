import type { Needs } from '../stores/core';
import type { RateLimit } from './admission/rateLimit';
import type { Turnstile } from './admission/turnstile';
import type { AgentBell, AgentSignatures, Enrolments } from './ports';

/** What the use cases for agents need. */
export interface AgentDeps
  extends Needs<
    | 'customers'
    | 'people'
    | 'audit'
    | 'agents'
    | 'installTokens'
    | 'agentRequests'
    | 'agentOrders'
    | 'directoryAccounts'
    | 'inventoryUploads'
    | 'events'
    | 'deliveries'
    | 'customerBudgets',
    'clock' | 'random' | 'log'
  > {
  /** Entra object ids from the settings: these people are always admins. */
  firstAdmins: readonly string[];
  /** The bot's public address, which agents sign for. */
  publicUrl: string;
  signatures: AgentSignatures;
  bell: AgentBell;
  /** One limit for each agent. */
  requestLimit: RateLimit;
  /** For tokens that nobody issued. */
  unknownTokenLimit: RateLimit;
  /** One for each customer; every request that writes much goes through it. */
  turnstileOf(customerId: string): Turnstile;
  enrolments: Enrolments;
  /** Starts to prove that a reset arrived; a repeat for the same event changes nothing. */
  afterReset(eventId: string, customerId: string): Promise<void>;
  /** Called when an agent's events are in the store, so that they are told to people at once. */
  afterEvents(): void;
}
