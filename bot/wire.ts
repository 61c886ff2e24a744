import { createSignInEndpoints } from '../api/signIn';
import { createSignInProvider } from '../connectors/graph/createSignInProvider';
import { createTenantDirectory } from '../connectors/graph/createTenantDirectory';
import { createDialogs } from '../dialogs';
import { createDialogRunner } from '../dialogs/runner/dialogRunner';
import { purgeRemoved } from '../domain/customers/purgeRemoved';
import type { SignInDeps } from '../domain/tenants/signInAttempt';
import { openStorage } from '../storage/openStorage';
import { createMembers } from './access/members';
import { createBot } from './app';
import type { AppDeps } from './appDeps';
import { type Chore, startChores } from './background';
import { createAdapter } from './channel/createAdapter';
import { openChannel } from './channel/openChannel';
import { createVerifyActivity } from './channel/verifyActivity';
import { commands } from './commands';
import type { Config } from './config';
import { graphSettings } from './graphSettings';
import { jobKinds } from './jobs';
import { sendPendingReplies } from './jobs/pendingReplies';
import { createJobRunner } from './jobs/runner';
import { startChecks } from './jobs/startChecks';
import type { ProcessLog } from './log';
import { createProactive } from './proactive';
import { createServer, type Server } from './server';
import { createSignInLinks } from './signInLinks';
import { systemClock as clock, systemRandom as random } from './system';
import { teamsJs } from './teamsJs';
import { createConversationLane } from './turns/conversationLane';
import { createTurnHandler } from './turns/runTurns';

const MINUTE = 60_000;

export interface Keyturn {
  listen(): Promise<{ port: number }>;
  /** Takes no more work, finishes what runs, closes. */
  stop(): Promise<void>;
}

/** The composition root: the one place where the store, the connectors, the use cases and the channel meet. */
export async function wire(config: Config, log: ProcessLog): Promise<Keyturn> {
  const storage = await openStorage(config.storage, { log, clock });
  const { stores } = storage;
  const settings = await graphSettings(config.graph, log);
  const directory = createTenantDirectory(settings);
  const provider = createSignInProvider(settings);
  const { tenantId, firstAdmins, publicUrl } = config;
  const records = { ...stores, stores, clock, random, log, directory, tenantId, firstAdmins };
  const signIn: SignInDeps = { ...records, provider, publicUrl, ownTenantId: tenantId };
  const dialogs = createDialogRunner(
    { clock, random },
    createDialogs({ ...records, startChecks: checksOf(records) }),
  );
  const lane = createConversationLane({ ...records, linkFor: createSignInLinks(records, publicUrl) });
  const channel = await openChannel(config.channel);
  const adapter = createAdapter(channel, { log });
  const members = createMembers({ clock, tenantId });
  const deps: AppDeps = { ...records, commands, dialogs, members, lane, wakeJobs: () => runner.wake() };
  const proactive = createProactive({ adapter, appId: 'appId' in channel ? channel.appId : '' });
  const runner = createJobRunner({ ...records, kinds: jobKinds(deps, proactive) });
  const handle = createTurnHandler(deps, createBot(deps));
  const server = createServer({
    ...config,
    log,
    verify: createVerifyActivity(config.channel, { clock, log }),
    process: (request, response) => adapter.process(request, response, handle),
    endpoints: createSignInEndpoints({
      ...signIn,
      teamsJs: teamsJs(),
      secureCookies: publicUrl.startsWith('https:'),
    }),
    ready: () => storage.ready(),
  });
  const chores: Chore[] = [
    {
      name: 'pending replies',
      everyMs: 2_000,
      run: () => sendPendingReplies({ ...records, lane, proactive }),
    },
    { name: 'sweep', everyMs: 10 * MINUTE, run: () => storage.sweep(clock.now()) },
    { name: 'purge removed', everyMs: 60 * MINUTE, run: () => purgeRemoved(records) },
  ];
  return running(server, runner, chores, storage, log);
}

function running(
  server: Server,
  runner: ReturnType<typeof createJobRunner>,
  chores: readonly Chore[],
  storage: { close(): Promise<void> },
  log: ProcessLog,
): Keyturn {
  let background: { stop(): Promise<void> } | undefined;
  return {
    async listen() {
      const address = await server.listen();
      background = startChores(chores, log);
      runner.start();
      return address;
    },
    async stop() {
      await server.stop();
      await background?.stop();
      await runner.stop();
      await storage.close();
    },
  };
}

const checksOf =
  (records: Pick<AppDeps, 'stores' | 'clock'>): Parameters<typeof createDialogs>[0]['startChecks'] =>
  ({ actor, conversationKey, reference, requestId }, customerId) => {
    const { id, name, conversationId } = actor;
    const input = {
      customerId,
      actor: { id, name, conversationId },
      conversationKey,
      reference,
      thenSync: true,
    };
    return startChecks(records, `connect:${requestId}`, input);
  };
