import type { DialogRunner } from '../dialogs/runner/dialogRunner';
import type { AgentBell } from '../domain/agents/ports';
import type { CustomerDeps } from '../domain/customers/addCustomer';
import type { KeyEntryDeps } from '../domain/integrations/integrationDeps';
import type { LocalTimes } from '../domain/notifications/audience';
import type { PeopleDeps } from '../domain/people/people';
import type { Log } from '../domain/ports';
import type { Stores } from '../domain/stores/stores';
import type { TenantDirectory } from '../domain/tenants/ports';
import type { Members } from './access/members';
import type { Command } from './commands/command';
import type { ConversationLane } from './turns/conversationLane';

/** What the handlers of a turn work with. Made once, in wire.ts. */
export interface AppDeps extends CustomerDeps, PeopleDeps, Omit<KeyEntryDeps, keyof PeopleDeps>, Stores {
  stores: Stores;
  /** Everything that can be typed, in the order of help. */
  commands: readonly Command[];
  dialogs: DialogRunner;
  directory: TenantDirectory;
  members: Members;
  times: LocalTimes;
  /** Wakes agents that wait for something to do. */
  bell: AgentBell;
  lane: ConversationLane;
  log: Log;
  /** Entra tenant id of the MSP, lower case. */
  tenantId: string;
  /** The address of our page for the handle of an import's list. */
  importListLink(handle: string): string;
  /** Wakes the job runner when the turn's work was written down. */
  wakeJobs(): void;
}
