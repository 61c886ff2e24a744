import type { z } from 'zod';
import type { DialogRunner } from '../dialogs/runner/dialogRunner';
import type { AgentBell } from '../domain/agents/ports';
import type { KeyEntryDeps } from '../domain/integrations/integrationDeps';
import type { PeopleDeps } from '../domain/people/people';
import type { Permission } from '../domain/people/person';
import type { StaffDirectory } from '../domain/people/staffDirectory';
import type { Core } from '../domain/stores/core';
import type { TenantDirectory } from '../domain/tenants/ports';
import type { Audience } from './access/audience';
import type { Members } from './access/members';
import type { MakeLink } from './links/makeLink';
import type { ConversationLane } from './turns/conversationLane';
import type { Turn } from './turns/turn';
import type { Form } from './understanding/form';

/** What the handlers of a turn need. Made once, in wire.ts. */
export interface AppDeps
  extends Core,
    Pick<PeopleDeps, 'firstAdmins'>,
    Pick<KeyEntryDeps, 'sources' | 'vault' | 'huduPrivateHosts'> {
  /** Every command, in the order of help. */
  commands: readonly Command[];
  dialogs: DialogRunner;
  directory: TenantDirectory;
  /** The MSP's own directory. */
  staff: StaffDirectory;
  members: Members;
  /** Wakes agents that wait for an order. */
  bell: AgentBell;
  lane: ConversationLane;
  /** Entra tenant id of the MSP, lower case. */
  tenantId: string;
  makeLink: MakeLink;
  /** Wakes the job runner when the turn's work is stored. */
  wakeJobs(): void;
}

/** What people do every day, to set a customer up, or to look after Keyturn itself. */
export type HelpGroup = 'daily' | 'setUp' | 'admin';

/** One command: a person types it, or clicks it on a card. */
export interface Command<Args extends object = object> {
  /** The main phrase, as people type it and as buttons show it. */
  title: string;
  description: string;
  example: string;
  /** Undefined: everybody with a role may use it. */
  permission: Permission | undefined;
  /** True: shown in the manifest, which takes twelve commands. */
  listed: boolean;
  /** The group of help that shows it; absent: buttons lead to it. */
  group?: HelpGroup;
  /** Who may read along; by default everybody in the conversation has to be allowed to see customers. */
  audience?: Audience;
  /** Runs in the middle of a dialog, without the question whether to leave it. */
  duringDialog?: true;
  /** Cards carry the arguments. A card may be old or made up: `run` looks up every id in them again. */
  args: z.ZodType<Args, z.ZodTypeDef, unknown>;
  /** The ways to type it, by their ids; `understanding/languages` has the phrases. */
  forms: Readonly<Record<string, Form>>;
  run(turn: Turn, args: Args, deps: AppDeps): Promise<void>;
}
