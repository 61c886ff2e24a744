import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MsalAppCredentials } from 'botframework-connector';
import { createAgentBell } from '../../../bot/agents/agentBell';
import { wireAgents } from '../../../bot/agents/wireAgents';
import { createAdapter } from '../../../bot/channel/createAdapter';
import { createVerifyActivity } from '../../../bot/channel/verifyActivity';
import { browserEndpoints } from '../../../bot/endpoints';
import { createEnrolments } from '../../../bot/jobs/tellEnrolment';
import { createServer } from '../../../bot/server';
import { createVault } from '../../../bot/vault';
import { wireConversation } from '../../../bot/wireConversation';
import { issueInstallToken } from '../../../domain/agents/enrolment/issueInstallToken';
import { issueLink } from '../../../domain/links/issueLink';
import { signInLink } from '../../../domain/tenants/signIn/signInLink';
import { agentRequests, createSigner, PUBLIC_URL } from '../agent/agentSigner';
import { botAppId, startLocalIssuer } from '../bot/localIssuer';
import { allOf } from '../bot/servingWorld';
import { technician } from '../bot/technician';
import { sampleCustomer } from '../botWorld/sampleCustomer';
import { actor, FakeMicrosoft, OWN_TENANT_ID } from '../cloud/signInWorld';
import { createLinesLog } from '../process/linesLog';
import { memoryStores, TestRandom } from '../store/memoryStores';
import { FakeSource } from '../vendors/importWorld';
import { masterKey } from '../vendors/integrationsWorld';
import { trustedTls } from '../vendors/vendorServer';

export const TESS = '00000000-0000-4000-8000-0000000000e5';

/**
 * The whole bot behind its real server and adapter, with two customers, a technician, an agent of Contoso,
 * and a Teams on loopback.
 */
export async function openFuzzWorld() {
  let ahead = 0;
  const clock = { now: () => Date.now() + ahead };
  const stores = memoryStores(clock);
  const random = new TestRandom();
  const lines = createLinesLog('info');
  const { log } = lines;
  const microsoft = new FakeMicrosoft();
  const teams = await startTeams();
  const agentFolder = mkdtempSync(join(tmpdir(), 'keyturn-fuzz-'));
  writeFileSync(join(agentFolder, 'keyturn-agent.exe'), 'program');
  writeFileSync(join(agentFolder, 'keyturn-agent.exe.sha256'), '0'.repeat(64));
  const issuer = await startLocalIssuer();
  jest.spyOn(MsalAppCredentials.prototype, 'getToken').mockResolvedValue('token');
  const channel = {
    kind: 'botFramework',
    appId: botAppId,
    tenantId: OWN_TENANT_ID,
    credential: { kind: 'secret', secret: 'not-used-here' },
    cloud: 'public',
    metadataUrl: issuer.metadataUrl,
    issuer: issuer.issuer,
  } as const;
  const records = {
    stores,
    clock,
    random,
    log,
    vault: createVault([masterKey('first')]),
    sources: { of: () => new FakeSource() },
    huduPrivateHosts: false,
    directory: microsoft,
    staff: microsoft,
    tenantId: OWN_TENANT_ID,
    firstAdmins: [],
    bell: createAgentBell(),
    publicUrl: PUBLIC_URL,
  };
  const adapter = createAdapter(channel, { log });
  const pause = async () => undefined;
  const conversation = wireConversation(records, { adapter, appId: botAppId, publicUrl: PUBLIC_URL, pause });
  const agents = wireAgents({
    ...records,
    enrolments: createEnrolments(records),
    afterReset: async () => undefined,
    afterEvents: () => undefined,
  });
  const signIn = { ...records, provider: microsoft, staff: microsoft, ownTenantId: OWN_TENANT_ID };
  const endpoints = [...browserEndpoints(signIn, agentFolder), ...agents.endpoints];
  const server = createServer({
    host: '127.0.0.1',
    port: 0,
    publicUrl: PUBLIC_URL,
    log,
    verify: createVerifyActivity(channel, { clock, log }),
    turn: (activity, authorization, requestId) =>
      adapter.answer(activity, authorization, (context) => conversation.handle(context, requestId, activity)),
    endpoints,
    ready: async () => true,
  });
  const { port } = await server.listen();
  await stores.customers.insert('contoso', { ...sampleCustomer('Contoso'), id: 'contoso' });
  await stores.customers.insert('fabrikam', { ...sampleCustomer('Fabrikam'), id: 'fabrikam' });
  await stores.people.insert(TESS, { ...technician(TESS), objectId: TESS });
  const tess = { ...actor(TESS), id: TESS };
  return {
    port,
    endpoints,
    clock,
    stores,
    lines,
    serviceUrl: teams.serviceUrl,
    advance: (ms: number) => {
      ahead += ms;
    },
    token: () => issuer.sign({ serviceurl: teams.serviceUrl }),
    /** Everything that is stored about a customer, byte for byte. */
    keptOf: async (customerId: string) => {
      const kept = Object.entries(await allOf(stores)).flatMap(([name, items]) =>
        (items as { id: string }[])
          .map((item) => `${name} ${JSON.stringify(item)}`)
          .filter((text) => text.toLowerCase().includes(customerId)),
      );
      return kept
        .filter((text) => /^(customers|agents|tenants|links|events|directoryAccounts) /.test(text))
        .join('\n');
    },
    everything: () => allOf(stores),
    signInHandle: async () =>
      (
        await issueLink(signIn, signInLink, tess, {
          customerId: 'contoso',
          conversationKey: 'chat',
          ownTenantMeant: false,
        })
      ).handle,
    agent: async (customerId = 'contoso') => {
      const request = { customerId, serverRole: 'domainController', requestId: random.id() } as const;
      const { token } = await issueInstallToken(records, tess, request);
      const signer = await createSigner();
      const requests = (kid: string) =>
        agentRequests({ url: `http://127.0.0.1:${port}`, now: () => clock.now() }, { signer, kid });
      const machine = { id: `machine of ${customerId}`, name: 'DC1', os: 'Windows Server 2022' };
      const { body } = await requests('enrol').enrol({
        token,
        publicKey: signer.publicKey,
        machine,
        version: '0.1.0',
      });
      return { id: body.agentId as string, signer };
    },
    async close() {
      await server.stop();
      await conversation.settle();
      await issuer.stop();
      await teams.stop();
      jest.restoreAllMocks();
      rmSync(agentFolder, { recursive: true, force: true });
    },
  };
}
export type FuzzWorld = Awaited<ReturnType<typeof openFuzzWorld>>;

/** A Teams that accepts every message, and knows only Tess. */
async function startTeams() {
  const server = createHttpsServer(trustedTls(), (request, response) => {
    request.resume();
    const [, id] = /\/members\/([^/?]+)/.exec(request.url ?? '') ?? [];
    const known = id === undefined || decodeURIComponent(id) === '29:tess';
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
    const member = {
      id: '29:tess',
      name: 'Tess',
      aadObjectId: TESS,
      tenantId: OWN_TENANT_ID,
      userRole: 'user',
    };
    response.end(JSON.stringify(known ? (id ? member : { id: '1' }) : { error: { code: 'NotFound' } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    serviceUrl: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
