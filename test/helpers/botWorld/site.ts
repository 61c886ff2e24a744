import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAgentBell } from '../../../bot/agents/agentBell';
import { TEAMS_LIMITS } from '../../../bot/sending/sendBudget';
import { createVault } from '../../../bot/vault';
import { type Records, wireConversation } from '../../../bot/wireConversation';
import type { Role } from '../../../domain/people/person';
import type { Stores } from '../../../domain/stores/stores';
import { openStorage, type Storage, type StorageConfig } from '../../../storage/openStorage';
import { FakeMicrosoft, OWN_TENANT_ID } from '../cloud/signInWorld';
import { createLinesLog } from '../process/linesLog';
import { TestClock, TestRandom } from '../store/memoryStores';
import { FakeSource } from '../vendors/importWorld';
import { masterKey } from '../vendors/integrationsWorld';
import type { Bot } from './bot';
import { FakeEdge } from './fakeEdge';
import { type Conversation, Seat, type Who } from './seat';
import { Teams } from './teams';

const PUBLIC_URL = 'https://keyturn.test';

/**
 * One MSP: its Teams, its people, its database (by default a file of its own), its Microsoft. Tests start
 * instances of the bot on it.
 */
export async function openSite(database?: StorageConfig) {
  const site = new Site(database);
  await site.hire();
  return site;
}

export class Site {
  readonly teams = new Teams();
  /** The send limits of Teams, unless a test sets others before it starts an instance. */
  sendLimits = TEAMS_LIMITS;
  readonly clock = new TestClock();
  readonly random = new TestRandom();
  readonly microsoft = new FakeMicrosoft();
  /** What every vendor account holds. */
  readonly vendor = new FakeSource();
  readonly vault = createVault([masterKey('first')]);
  /** The log of the instances; a test that reads a story sets one at debug before it starts an instance. */
  log = createLinesLog('info');
  readonly folder = mkdtempSync(path.join(tmpdir(), 'keyturn-bot-'));
  readonly ada = this.person('Ada');
  readonly tess = this.person('Tess');
  readonly tom = this.person('Tom');
  readonly abe = this.person('Abe');
  readonly ned = this.person('Ned');
  private readonly storages: Storage[] = [];
  private readonly database: StorageConfig;

  constructor(database?: StorageConfig) {
    this.database = database ?? { kind: 'sqlite', folder: this.folder };
  }

  /** Ada is an admin by the settings; the others have their roles in the store; Ned has none. */
  async hire(): Promise<void> {
    const { stores } = await this.open();
    const roles: [Who, Role][] = [
      [this.tess, 'technician'],
      [this.tom, 'technician'],
      [this.abe, 'approver'],
    ];
    for (const [{ id = '', name }, role] of roles) {
      const addedBy = { id: 'setup', name: 'Setup' };
      await stores.people.insert(id, { objectId: id, name, roles: [role], addedBy, addedAt: 0 });
    }
  }

  /** A person whom Teams knows as described; by default one of the MSP's own. */
  person(name: string, more: Partial<Who> & { guest?: boolean } = {}): Who {
    const { guest, ...rest } = more;
    const id = `00000000-0000-4000-8000-${Buffer.from(name).toString('hex').padStart(12, '0').slice(-12)}`;
    const who: Who = { id, channelId: `29:${name}`, name, tenantId: OWN_TENANT_ID, ...rest };
    const userPrincipalName = guest ? `${name}_other.example#EXT#@msp.example` : `${name}@msp.example`;
    const account = { id: who.channelId, name, tenantId: who.tenantId, userPrincipalName };
    this.teams.members.set(who.channelId, { ...account, ...(who.id && { aadObjectId: who.id }) });
    return who;
  }

  /** Starts an instance; `stores` may be wrapped on the way. */
  async start(spoil: (stores: Stores) => Stores = (stores) => stores): Promise<Bot> {
    const stores = spoil((await this.open()).stores);
    const { clock, random, microsoft: directory, log, vault } = this;
    const tenantId = OWN_TENANT_ID;
    const records: Records = {
      stores,
      clock,
      random,
      log: log.log,
      vault,
      sources: { of: () => this.vendor },
      huduPrivateHosts: false,
      directory,
      staff: directory,
      tenantId,
      firstAdmins: [this.ada.id ?? ''],
      bell: createAgentBell(),
    };
    const edge = new FakeEdge(this.teams);
    const conversation = wireConversation(records, {
      adapter: edge,
      appId: 'keyturn',
      publicUrl: PUBLIC_URL,
      sendLimits: this.sendLimits,
      pause: async (ms) => this.clock.advance(Math.ceil(ms)),
    });
    const signIn = {
      ...records,
      provider: directory,
      publicUrl: PUBLIC_URL,
      ownTenantId: tenantId,
    };
    return { ...conversation, edge, stores, signIn, keys: records };
  }

  seat(bot: Bot, who: Who, conversation: Conversation = { id: `a:${who.name}`, kind: 'personal' }): Seat {
    return new Seat(bot, this.teams, who, conversation);
  }

  async close(): Promise<void> {
    for (const storage of this.storages) await storage.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async open(): Promise<Storage> {
    const storage = await openStorage(this.database, { log: this.log.log, clock: this.clock });
    this.storages.push(storage);
    return storage;
  }
}
