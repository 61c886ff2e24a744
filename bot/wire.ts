import { setTimeout } from 'node:timers/promises';
import { createSignInProvider } from '../connectors/graph/createSignInProvider';
import { createStaffDirectory } from '../connectors/graph/createStaffDirectory';
import { createStaffSignIn } from '../connectors/graph/createStaffSignIn';
import { createTenantDirectory } from '../connectors/graph/createTenantDirectory';
import { createOrganizationSources } from '../connectors/organizationSources';
import { purgeRemoved } from '../domain/customers/purgeRemoved';
import { refuseUnknownKeys } from '../domain/integrations/storedKeys';
import { createArrivals } from '../domain/resets/trackArrival';
import type { Core } from '../domain/stores/core';
import { openStorage, type Storage } from '../storage/openStorage';
import { createAgentBell } from './agents/agentBell';
import { wireAgents } from './agents/wireAgents';
import { type Background, type Chore, createBackground } from './background';
import { createAdapter } from './channel/createAdapter';
import { openChannel } from './channel/openChannel';
import { createVerifyActivity } from './channel/verifyActivity';
import { browserEndpoints } from './endpoints';
import { createEnrolments } from './jobs/tellEnrolment';
import type { ProcessLog } from './logging/log';
import { TEAMS_LIMITS } from './sending/sendBudget';
import { createServer, type Server } from './server';
import type { Config } from './settings/config';
import { graphSettings } from './settings/graphSettings';
import { systemClock as clock, systemRandom as random } from './system';
import { createVault } from './vault';
import { type Conversation, wireConversation } from './wireConversation';

const MINUTE = 60_000;

export interface Keyturn {
  listen(): Promise<{ port: number }>;
  /** Takes no more work, finishes what runs, closes. */
  stop(): Promise<void>;
}

/**
 * The composition root: the only code that joins the store, the connectors, the use cases and the channel.
 */
export async function wire(config: Config, log: ProcessLog): Promise<Keyturn> {
  const storage = await openStorage(config.storage, { log, clock });
  const { stores, customerRecords } = storage;
  const integrations = await wireIntegrations(config.integrations, storage);
  const settings = await graphSettings(config.graph, log);
  const { tenantId, firstAdmins, publicUrl } = config;
  const signIns = { provider: createSignInProvider(settings), staff: createStaffSignIn(settings, tenantId) };
  const core: Core = { stores, clock, random, log };
  const records = {
    ...core,
    ...integrations,
    directory: createTenantDirectory(settings),
    staff: createStaffDirectory(settings, tenantId),
    tenantId,
    firstAdmins,
    bell: createAgentBell(),
  };
  const channel = await openChannel(config.channel);
  const adapter = createAdapter(channel, { log });
  const conversation = wireConversation(records, {
    adapter,
    appId: 'appId' in channel ? channel.appId : '',
    publicUrl,
    sendLimits: TEAMS_LIMITS,
    pause: (ms) => setTimeout(ms),
  });
  const agents = wireAgents({
    ...records,
    publicUrl,
    afterReset: createArrivals(records),
    enrolments: createEnrolments(records),
    afterEvents: () => background.wake(conversation.notifications.name),
  });
  const server = createServer({
    ...config,
    log,
    verify: createVerifyActivity(config.channel, { clock, log }),
    turn: (activity, authorization, requestId) =>
      adapter.answer(activity, authorization, (context) => conversation.handle(context, requestId, activity)),
    endpoints: [
      ...browserEndpoints({ ...records, ...signIns, publicUrl, ownTenantId: tenantId }, config.agentFolder),
      ...agents.endpoints,
    ],
    ready: () => storage.ready(),
  });
  const chores: Chore[] = [
    conversation.pendingReplies,
    conversation.linkEnds,
    ...conversation.daily,
    conversation.notifications,
    ...agents.chores,
    { name: 'sweep', everyMs: 10 * MINUTE, run: () => storage.sweep(clock.now()) },
    { name: 'purge removed', everyMs: 60 * MINUTE, run: () => purgeRemoved({ ...records, customerRecords }) },
  ];
  const background = createBackground(chores, log);
  return running(server, conversation, background, storage);
}

/** Closes the store and throws when the master keys of the settings cannot open a stored API key. */
async function wireIntegrations(settings: Config['integrations'], storage: Storage) {
  const { masterKeys, itGlueUrls, huduPrivateHosts } = settings;
  const vault = createVault(masterKeys);
  try {
    await refuseUnknownKeys(storage.stores, vault);
  } catch (error) {
    await storage.close();
    throw error;
  }
  const sources = createOrganizationSources({ clock, itGlueUrls, allowPrivate: huduPrivateHosts });
  return { vault, sources, huduPrivateHosts };
}

function running(
  server: Server,
  { runner, settle, begin }: Pick<Conversation, 'runner' | 'settle' | 'begin'>,
  background: Background,
  storage: { close(): Promise<void> },
): Keyturn {
  return {
    async listen() {
      await begin();
      const address = await server.listen();
      background.start();
      runner.start();
      return address;
    },
    async stop() {
      await server.stop();
      await background.stop();
      await runner.stop();
      await settle();
      await storage.close();
    },
  };
}
