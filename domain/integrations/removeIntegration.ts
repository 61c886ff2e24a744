import { audited } from '../audit/recordAudit';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Needs } from '../stores/core';
import { knownIntegration } from './changeIntegration';

type RemoveDeps = Needs<'integrations' | 'audit' | 'links', 'clock'>;

/** Says what removing will do, before it is done. Throws notFound. */
export async function whatRemovingDoes(
  deps: Needs<'integrations' | 'links'>,
  actor: Actor,
  integrationId: string,
): Promise<{ name: string; linked: number; sentence: string }> {
  permit(actor, 'integrations.manage');
  const { name } = (await knownIntegration(deps.stores.integrations, integrationId)).value;
  const linked = await deps.stores.links.count({ where: { integrationId } });
  return { name, linked, sentence: sentenceOf(name, linked) };
}

const KEPT = 'marked “integration removed”, until somebody unlinks it or links it anew.';

function sentenceOf(name: string, linked: number): string {
  const links = [
    'No customer is linked to it.',
    `The customer that is linked to it stays as it is; its link to its page there is kept, ${KEPT}`,
    `The ${linked} customers that are linked to it stay as they are; each link to a page there is kept, ${KEPT}`,
  ][Math.min(linked, 2)];
  return `The API key of ${name} is deleted from Keyturn. Keyturn no longer imports from it or compares with it. ${links} Nothing changes at the vendor: revoke the API key there yourself.`;
}

/**
 * Deletes the integration and its key; customers and links stay (`whatRemovingDoes`). A repeat finds the work
 * of the first request.
 */
export async function removeIntegration(
  deps: RemoveDeps,
  actor: Actor,
  { integrationId, requestId }: { integrationId: string; requestId: string },
): Promise<{ name: string; linked: number }> {
  permit(actor, 'integrations.manage');
  const linked = await deps.stores.links.count({ where: { integrationId } });
  const earlier = await deps.stores.audit.get(`${requestId}:integration.remove`);
  const known = await deps.stores.integrations.get(integrationId);
  if (!known && earlier?.value.outcome === 'done') return { name: earlier.value.target, linked };
  const { name } = (known ?? (await knownIntegration(deps.stores.integrations, integrationId))).value;
  const entry = { action: 'integration.remove', target: name } as const;
  return audited(deps, actor, requestId, entry, async () => {
    await deps.stores.integrations.remove(integrationId);
    return { name, linked };
  });
}
