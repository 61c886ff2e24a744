import { createVault } from '../../../bot/vault';
import { openKeyEntry, submitKey, verifyKeyEntry } from '../../../domain/integrations/enterKey';
import { type KeyEntryFor, keyEntryLink } from '../../../domain/integrations/keyEntryLink';
import { issueLink } from '../../../domain/links/issueLink';
import type { Organization } from '../../../domain/organizations/organization';
import {
  type OrganizationPage,
  type OrganizationSource,
  type OrganizationSources,
  type SourceRefusal,
  SourceRefused,
} from '../../../domain/organizations/ports';
import { actor } from '../cloud/signInWorld';
import { memoryStores, TestClock, TestRandom } from '../store/memoryStores';

export const API_KEY = 'ITG.0123456789abcdef-very-secret';
export const CHAT = 'admin in chat';

/** A vendor that one test controls. */
class FakeSources implements OrganizationSources {
  refusal?: SourceRefusal;
  detail?: string;
  /** Thrown instead of an error that a source may throw. */
  fault?: Error;
  organizations: Organization[] = [];
  /** Organizations that the list leaves out, although they exist. */
  hidden: Organization[] = [];
  pageSize = 100;
  /** Runs during a test of the connection. */
  during: () => Promise<void> = async () => undefined;
  readonly tested: string[] = [];
  asked: string[] = [];

  of = (_account: unknown, apiKey: string): OrganizationSource => ({
    test: async () => {
      this.tested.push(apiKey);
      await this.during();
      this.refuse();
      return `${this.organizations.length} organizations can be read.`;
    },
    page: async (token = '0'): Promise<OrganizationPage> => {
      this.refuse();
      const from = Number(token);
      const to = from + this.pageSize;
      const more = to < this.organizations.length ? { next: String(to) } : {};
      return { organizations: this.organizations.slice(from, to), bad: [], ...more };
    },
    one: async (id) => {
      this.refuse();
      this.asked.push(id);
      return [...this.organizations, ...this.hidden].find((organization) => organization.id === id);
    },
    search: async () => [],
  });

  private refuse(): void {
    if (this.fault) throw this.fault;
    if (this.refusal) throw new SourceRefused(this.refusal, this.detail);
  }
}

export const masterKey = (kid: string, byte = kid.length) => ({ kid, key: new Uint8Array(32).fill(byte) });

/** A world with one admin, another admin and one technician. It keeps the log. */
export function integrationsWorld() {
  const clock = new TestClock();
  const stores = memoryStores(clock);
  const sources = new FakeSources();
  const logged: object[] = [];
  const note = (fields: object) => void logged.push(fields);
  const deps = {
    stores,
    clock,
    random: new TestRandom(),
    log: { info: note, warn: note, error: note },
    sources,
    vault: createVault([masterKey('first')]),
    huduPrivateHosts: false,
    firstAdmins: ['ada', 'adam'],
  };
  return {
    clock,
    deps,
    sources,
    logged,
    ada: actor('ada', 'admin'),
    adam: actor('adam', 'admin'),
    tess: actor('tess'),
  };
}

export type IntegrationsWorld = ReturnType<typeof integrationsWorld>;

export const issueKey = (
  { deps, ada }: IntegrationsWorld,
  account: KeyEntryFor = { kind: 'itglue', address: 'eu' },
) => issueLink(deps, keyEntryLink, ada, { account, conversationKey: CHAT });

/** Does everything up to the page that shows the code. */
export async function enterKey(world: IntegrationsWorld, account?: KeyEntryFor, apiKey = API_KEY) {
  const { handle } = await issueKey(world, account);
  const { cookie, csrf } = await openKeyEntry(world.deps, { handle });
  const form = { handle, cookie, csrf, apiKey };
  return { form, submitted: await submitKey(world.deps, form) };
}

/** Adds an integration with all steps. */
export async function addIntegration(world: IntegrationsWorld, account?: KeyEntryFor) {
  const { submitted } = await enterKey(world, account);
  if (submitted.outcome !== 'code') throw new TypeError(submitted.sentence);
  const request = { conversationKey: CHAT, code: submitted.code, requestId: submitted.code };
  const verified = await verifyKeyEntry(world.deps, world.ada, request);
  if (!('integration' in verified)) throw new TypeError(verified.outcome);
  world.clock.advance(1000);
  return verified.integration;
}

/** Everything that is stored, as text. */
export async function everythingStored({ deps }: IntegrationsWorld): Promise<string> {
  const { integrations, oneTimeLinks, audit, links, customers } = deps.stores;
  const lists = await Promise.all(
    [integrations, oneTimeLinks, audit, links, customers].map((store) => store.list({ limit: 1000 })),
  );
  return JSON.stringify(lists);
}
