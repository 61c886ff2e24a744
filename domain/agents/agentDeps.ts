import type { AuditDeps } from '../audit/recordAudit';
import type { Log, Random } from '../ports';
import type { Stores } from '../stores/stores';
import type { RateLimit } from './admission/rateLimit';
import type { Turnstile } from './admission/turnstile';
import type { AgentBell, AgentSignatures, Enrolments } from './ports';

type Kept = Pick<
  Stores,
  | 'customers'
  | 'people'
  | 'agents'
  | 'installTokens'
  | 'agentRequests'
  | 'agentOrders'
  | 'directoryAccounts'
  | 'inventoryUploads'
  | 'events'
  | 'customerBudgets'
>;

/** What serving agents needs. */
export interface AgentDeps extends Kept, AuditDeps {
  random: Random;
  log: Log;
  /** Entra object ids, from the settings: always admins. */
  firstAdmins: readonly string[];
  /** The bot's public address: what agents sign for. */
  publicUrl: string;
  signatures: AgentSignatures;
  bell: AgentBell;
  /** Of each agent. */
  requestLimit: RateLimit;
  /** Of tokens that nobody issued. */
  unknownTokenLimit: RateLimit;
  /** Of each customer: through it whatever writes much has to go. */
  turnstileOf(customerId: string): Turnstile;
  enrolments: Enrolments;
  /** Begins to prove that a reset arrived; again for the same event changes nothing. */
  afterReset(eventId: string, customerId: string): Promise<void>;
  /** What an agent told is in the store: who brings it to people need not wait for the next look. */
  afterEvents(): void;
}
