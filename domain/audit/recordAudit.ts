import { StoreUnavailable } from '../errors';
import type { Actor } from '../people/person';
import { change } from '../stores/change';
import type { Needs } from '../stores/core';
import { insertOnce } from '../stores/insertOnce';
import type { AuditRecord } from './auditRecord';

export type AuditDeps = Needs<'audit', 'clock'>;

type Entry = Pick<AuditRecord, 'action' | 'target' | 'customerId' | 'before' | 'after' | 'reason'>;

/**
 * Runs `work` with an audit record. The record is written as `started` before the work. After it, the record
 * becomes `done` (with what `more` says of the result, such as the state after) or `failed`. It stays
 * `started` when the store cannot tell whether the work was done, or when the work is done and `done` cannot
 * be written. The record's id is made of `requestId` and the action, so a repeated request settles the record
 * of the first try; call `audited` also when that try has already done the work. Errors of `work` are thrown
 * on.
 */
export async function audited<T>(
  deps: AuditDeps,
  actor: Actor,
  requestId: string,
  entry: Entry,
  work: () => Promise<T>,
  more?: (result: T) => Partial<Entry>,
): Promise<T> {
  const id = `${requestId}:${entry.action}`;
  await write(deps, id, record(deps, actor, entry, 'started'));
  const result = await orFailed(work, () => write(deps, id, record(deps, actor, entry, 'failed')));
  await write(deps, id, record(deps, actor, { ...entry, ...more?.(result) }, 'done'));
  return result;
}

async function orFailed<T>(work: () => Promise<T>, failed: () => Promise<void>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) await failed();
    throw error;
  }
}

/** Notes a refusal; nothing was changed. The first note of a `requestId` stays. */
export async function auditRefusal(
  deps: AuditDeps,
  actor: Actor,
  requestId: string,
  entry: Pick<Entry, 'target' | 'customerId' | 'reason'>,
): Promise<void> {
  const refused = record(deps, actor, { ...entry, action: 'access.refused' }, 'refused');
  await insertOnce(deps.stores.audit, `${requestId}:access.refused`, refused);
}

function record(deps: AuditDeps, actor: Actor, entry: Entry, outcome: AuditRecord['outcome']): AuditRecord {
  return {
    at: deps.clock.now(),
    actor: { id: actor.id, name: actor.name },
    conversationId: actor.conversationId,
    ...entry,
    outcome,
  };
}

/**
 * Inserts the record, or settles the record of an earlier try, or of a try that another instance runs at the
 * same moment.
 */
async function write(deps: AuditDeps, id: string, value: AuditRecord): Promise<void> {
  if (!(await insertOnce(deps.stores.audit, id, value))) await settle(deps, id, value);
}

/**
 * A record that is `done` stays as it is. Only the first try knows the state before, unless that try is known
 * to have failed: a later try may see the result of its own work.
 */
const settle = (deps: AuditDeps, id: string, value: AuditRecord): Promise<unknown> =>
  change(deps.stores.audit, id, ({ outcome, before }) => {
    if (outcome === 'done') return undefined;
    return { ...value, ...(outcome === 'started' && before !== undefined && { before }) };
  });
