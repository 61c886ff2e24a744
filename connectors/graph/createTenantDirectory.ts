import type { TenantDirectory } from '../../domain/tenants/ports';
import { MicrosoftRefused } from '../../domain/tenants/refusals/microsoftRefused';
import { REQUIRED_PERMISSIONS } from '../../domain/tenants/requiredPermissions';
import { createAppTokens } from './appTokens';
import { CHECKERS, type CheckContext, refusedFinding } from './checks';
import { graphClient } from './graphClient';
import { readPasswordState } from './passwordState';
import { type Asker, createQuestions } from './questions';
import type { GraphSettings } from './settings';
import { readLastPasswordSync, readSyncEvidence } from './syncEvidence';
import { domainsOf, readOrganization } from './tenantReads';

/** Reads a customer's tenant through Microsoft Graph, with app-only tokens that stay in memory. */
export function createTenantDirectory(
  settings: GraphSettings,
  questions = createQuestions(),
): TenantDirectory {
  const tokens = createAppTokens(settings);
  const contextOf = (tenantId: string, asker: Asker = 'person'): CheckContext => {
    const count = () => questions(tenantId, asker);
    const token = async () => {
      count();
      return tokens.of(tenantId);
    };
    const client = async () => graphClient(settings, (await token()).accessToken, afterFirst(count));
    return { tenantId, token, client };
  };
  return {
    forget: tokens.forget,

    async hasConsent(tenantId) {
      tokens.forget(tenantId);
      try {
        const { roles } = (await contextOf(tenantId).token()).claims;
        return REQUIRED_PERMISSIONS.every(({ name }) => roles.includes(name));
      } catch (error) {
        if (error instanceof MicrosoftRefused && error.refusal === 'consentLost') return false;
        throw error;
      }
    },

    async describe(tenantId) {
      const organization = await readOrganization(await contextOf(tenantId).client());
      const domains = domainsOf(organization);
      return { displayName: organization.displayName ?? domains[0] ?? tenantId, domains };
    },

    async check(tenantId, check) {
      try {
        return { check, ...(await CHECKERS[check](contextOf(tenantId))) };
      } catch (error) {
        settings.log.warn({ ...reasonOf(error), tenantId, check }, 'tenant check failed');
        return { check, ...refusedFinding(error) };
      }
    },

    passwordState: async (tenantId, account) =>
      readPasswordState(await contextOf(tenantId, 'itself').client(), account),

    async lastPasswordSyncAt(tenantId) {
      try {
        return await readLastPasswordSync(await contextOf(tenantId, 'itself').client());
      } catch (error) {
        settings.log.warn({ ...reasonOf(error), tenantId }, 'the last password sync could not be read');
        return undefined;
      }
    },

    syncEvidence: (tenantId) =>
      readSyncEvidence(contextOf(tenantId).client, (error) =>
        settings.log.warn({ ...reasonOf(error), tenantId }, 'a part of the sync evidence could not be read'),
      ),
  };
}

/**
 * The first question of a client was counted with its token, so that a client with a token can always ask
 * once.
 */
function afterFirst(count: () => void): () => void {
  let first = true;
  return () => {
    if (!first) count();
    first = false;
  };
}

/** The reason for the log. It leaves out the vendor's text, which may quote what was sent. */
const reasonOf = (error: unknown): object =>
  error instanceof MicrosoftRefused
    ? { refusal: error.refusal, ...error.marks }
    : { error: error instanceof Error ? error.name : typeof error };
