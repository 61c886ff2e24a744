import type { z } from 'zod';
import type { Say } from '../dialogs/dialog';
import type { DialogRunner } from '../dialogs/runner/dialogRunner';
import type { AgentBell } from '../domain/agents/ports';
import type { KeyEntryDeps } from '../domain/integrations/integrationDeps';
import type { PeopleDeps } from '../domain/people/people';
import type { Permission } from '../domain/people/person';
import type { Core } from '../domain/stores/core';
import type { TenantDirectory } from '../domain/tenants/ports';
import type { Audience } from './access/audience';
import type { Members } from './access/members';
import type { MakeLink } from './links/makeLink';
import type { ConversationLane } from './turns/conversationLane';
import type { Turn } from './turns/turn';

/** What the handlers of a turn work with. Made once, in wire.ts. */
export interface AppDeps
  extends Core,
    Pick<PeopleDeps, 'firstAdmins'>,
    Pick<KeyEntryDeps, 'sources' | 'vault' | 'huduPrivateHosts'> {
  /** Everything that can be typed, in the order of help. */
  commands: readonly Command[];
  dialogs: DialogRunner;
  directory: TenantDirectory;
  members: Members;
  /** Wakes agents that wait for something to do. */
  bell: AgentBell;
  lane: ConversationLane;
  /** Entra tenant id of the MSP, lower case. */
  tenantId: string;
  makeLink: MakeLink;
  /** Wakes the job runner when the turn's work was written down. */
  wakeJobs(): void;
}

/** What the words behind a command mean: its arguments, or what the bot says to learn them. */
export type Understood<Args extends object> = { args: Args } | { ask: Say[] };

/** One thing that can be typed, or clicked on a card. */
export interface Command<Args extends object = object> {
  /** As typed, and as its buttons say it; the first of its phrases. */
  title: string;
  /** Other ways to say it. */
  also: readonly string[];
  description: string;
  example: string;
  /** Undefined: everybody who has a role. */
  permission: Permission | undefined;
  /** Shown in the manifest, which takes twelve, and in help; or in help alone. The others are reached by buttons. */
  listed: boolean | 'inHelp';
  /** Who may read along: by default everybody in the place has to be allowed to see customers. */
  audience?: Audience;
  /** A mention in its words stays as it came, `<at>name</at>`; other commands get the name alone. */
  readsMentions?: true;
  /** Runs in the middle of a dialog, without a question whether to leave it. */
  duringDialog?: true;
  /** Takes no words: with words behind it, it answers the open step. “Stop & Shop” is a name there, not an end. */
  wordless?: true;
  /** Cards carry the arguments. A card may be old or made up: `run` looks up every id in them again. */
  args: z.ZodType<Args, z.ZodTypeDef, unknown>;
  fromText(turn: Turn, text: string, deps: AppDeps): Promise<Understood<Args>>;
  run(turn: Turn, args: Args, deps: AppDeps): Promise<void>;
}
