import { audited } from '../audit/recordAudit';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { changeIntegration, knownIntegration } from './changeIntegration';
import type { Integration } from './integration';
import type { IntegrationDeps } from './integrationDeps';
import { integrationContext } from './storedKeys';
import { testKey } from './testKey';

interface Request {
  integrationId: string;
  requestId: string;
}

type ChangeDeps = Needs<'integrations' | 'audit', 'clock'>;

/**
 * Tests the stored key and keeps the outcome, good or bad. Throws notFound, settings when the key
 * cannot be opened.
 */
export async function testIntegration(
  deps: IntegrationDeps,
  actor: Actor,
  { integrationId, requestId }: Request,
): Promise<Stored<Integration>> {
  permit(actor, 'integrations.manage');
  const { value } = await knownIntegration(deps.stores.integrations, integrationId);
  const entry = { action: 'integration.test', target: value.name } as const;
  const work = async () => {
    const apiKey = await deps.vault.open(value.key, integrationContext(integrationId));
    const { ok, sentence } = await testKey(deps, value, apiKey);
    const lastTest = { at: deps.clock.now(), ok, sentence };
    return changeIntegration(deps, integrationId, (current) => ({ ...current, lastTest }));
  };
  return audited(deps, actor, requestId, entry, work, (tested) => ({
    after: tested.value.lastTest.sentence,
  }));
}

/**
 * Nothing reads a paused integration: no import, no refresh, no search. Its links stay. Pausing
 * twice changes nothing.
 */
export const pauseIntegration = (deps: ChangeDeps, actor: Actor, request: Request) =>
  setState(deps, actor, request, { action: 'integration.pause', state: 'paused' });

export const resumeIntegration = (deps: ChangeDeps, actor: Actor, request: Request) =>
  setState(deps, actor, request, { action: 'integration.resume', state: 'active' });

async function setState(
  deps: ChangeDeps,
  actor: Actor,
  { integrationId, requestId }: Request,
  { action, state }: { action: 'integration.pause' | 'integration.resume'; state: Integration['state'] },
): Promise<Stored<Integration>> {
  permit(actor, 'integrations.manage');
  const known = await knownIntegration(deps.stores.integrations, integrationId);
  if (known.value.state === state) return known;
  const entry = { action, target: known.value.name, before: known.value.state, after: state };
  return audited(deps, actor, requestId, entry, () =>
    changeIntegration(deps, integrationId, (current) => ({ ...current, state })),
  );
}
