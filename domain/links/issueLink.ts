import { type AuditDeps, audited } from '../audit/recordAudit';
import { tryLater } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Needs } from '../stores/core';
import { endOpenLinks } from './endLink';
import type { LinkKind, LinkPolicy } from './linkPolicy';
import { hashOf } from './oneTime';
import type { LinkFacts, OneTimeLink } from './oneTimeLink';

export type IssueDeps = AuditDeps & Needs<'oneTimeLinks', 'random'>;

/** Throws notAllowed, and tryLater for a person who asked for too many links in the last minutes. */
export async function permitLink(
  deps: Needs<'oneTimeLinks'>,
  { kind, permission, mostPerPerson }: Pick<LinkPolicy, 'kind' | 'permission' | 'mostPerPerson'>,
  actor: Actor,
): Promise<void> {
  permit(actor, permission);
  if (!mostPerPerson) return;
  const issued = await deps.stores.oneTimeLinks.count({ where: { kind, personId: actor.id } });
  if (issued >= mostPerPerson.links) throw tryLater(mostPerPerson.sentence);
}

/**
 * Makes a link for this person. The handle belongs only into the link; it is not stored. If the page's
 * code comes back into the chat, this ends the person's earlier links of this kind there. Throws as
 * `permitLink` and `prepare`.
 */
export async function issueLink<Ask, Facts extends LinkFacts, Deps>(
  deps: IssueDeps & Deps,
  kind: LinkKind<Ask, Facts, Deps>,
  actor: Actor,
  ask: Ask & { conversationKey?: string },
): Promise<{ id: string; handle: string; expiresAt: number; facts: Facts }> {
  await permitLink(deps, kind, actor);
  const { facts, audit } = await kind.prepare(deps, ask, actor);
  const { conversationKey } = ask;
  const waits = kind.code !== undefined && conversationKey !== undefined;
  if (waits && kind.code) await endOpenLinks(deps, kind, actor, conversationKey, kind.code.newer);
  const handle = deps.random.token(32);
  const id = hashOf(handle);
  const now = deps.clock.now();
  const link: OneTimeLink<Facts> = {
    kind: kind.kind,
    person: { id: actor.id, name: actor.name },
    conversationId: actor.conversationId,
    ...(waits && { conversationKey }),
    facts,
    stage: 'issued',
    wrongCodes: 0,
    createdAt: now,
    expiresAt: now + kind.lifeMs,
  };
  const insert = () => deps.stores.oneTimeLinks.insert(id, link);
  if (audit) await audited(deps, actor, id, audit, insert);
  else await insert();
  return { id, handle, expiresAt: link.expiresAt, facts };
}
