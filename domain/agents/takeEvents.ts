import type { z } from 'zod';
import { noteUsers } from '../accounts/noteUsers';
import type { AgentEvent, NotRead } from '../agentProtocol/agentEvent';
import type { eventsRequest } from '../agentProtocol/messages';
import { recordReset } from '../resets/recordReset';
import { type Admitted, stillServed } from './admission/admitAgent';
import { AgentRefusal } from './admission/agentRefusal';
import { ignoring } from './admission/ignoring';
import { mayTellDirectory } from './admission/mayTell';
import { withNotRead } from './admission/notRead';
import type { Agent } from './agent';
import type { AgentDeps } from './agentDeps';
import { changeAgent } from './changeAgent';
import { orderDeltaSync } from './orders/deltaSync';
import { emptyOutbox } from './outbox';
import { recordOtherEvent } from './recordOtherEvent';

type Batch = Pick<z.output<typeof eventsRequest>, 'stream' | 'events'>;

/**
 * This many are written side by side to share the waits for the disk; between two groups others have their
 * turn.
 */
const AT_ONCE = 50;

/**
 * Writes a batch down and resolves to what it acknowledges. The whole batch is in the store before the
 * acknowledgement is written; after a crash in between, the agent tells it again, which changes nothing. The
 * agent and its acknowledged position are read when its turn comes, because it may have been revoked while it
 * waited. Events that were acknowledged before are skipped. Throws AgentRefusal 'order', without effect, for
 * a batch with a gap.
 */
export async function takeEvents(
  deps: AgentDeps,
  { agent }: Admitted,
  { stream, events }: Batch,
): Promise<number> {
  const admitted = await stillServed(deps, agent.id);
  const acknowledged = seqOf(admitted.agent.value, stream);
  checkOrder(events, acknowledged);
  const fresh = events.filter(({ seq }) => seq > acknowledged);
  const last = fresh.at(-1);
  if (!last) return acknowledged;
  const read = fresh.filter((event): event is AgentEvent => event.type !== 'notRead');
  const heard = mayTellDirectory(admitted.agent.value) ? read : read.filter(({ type }) => type !== 'reset');
  const counts = { toldBefore: events.length - fresh.length, notItsPlace: read.length - heard.length };
  const fields = { agentId: admitted.agent.id, from: fresh[0]?.seq, to: last.seq, ...counts };
  deps.log.debug?.(fields, 'events taken');
  await write(deps, admitted, heard);
  deps.afterEvents();
  const notRead = fresh.filter((event) => event.type === 'notRead');
  const left = { resets: counts.notItsPlace, notRead };
  await acknowledge(deps, admitted.agent.id, { stream, seq: last.seq, left });
  return last.seq;
}

/**
 * Written together: what is acknowledged, how many of its resets do not count, and how much could not be
 * read.
 */
async function acknowledge(
  deps: AgentDeps,
  id: string,
  { stream, seq, left }: { stream: string; seq: number; left: { resets: number; notRead: NotRead[] } },
): Promise<void> {
  const { resets, notRead } = left;
  const now = deps.clock.now();
  const changed = await changeAgent(deps, id, (agent) => {
    if (seq <= seqOf(agent, stream)) return agent;
    const counted = withNotRead(id, agent, { what: 'events', count: notRead.length, now });
    const acknowledged = { ...counted, stream: { id: stream, seq } };
    return resets > 0 ? ignoring(id, acknowledged, { resets }, now) : acknowledged;
  });
  const fields = { agentId: id, events: notRead.length, where: notRead[0]?.where };
  if (notRead.length > 0) deps.log.warn(fields, 'events of an agent cannot be read and are passed over');
  await emptyOutbox(deps, changed);
}

/** An unknown queue begins anew. */
const seqOf = ({ stream }: Agent, id: string): number => (stream?.id === id ? stream.seq : 0);

function checkOrder(events: (AgentEvent | NotRead)[], acknowledged: number): void {
  const [first] = events;
  const follows = first !== undefined && first.seq <= acknowledged + 1;
  if (follows && events.every(({ seq }, n) => seq === first.seq + n)) return;
  throw new AgentRefusal('order', 'Events are missing or not in order. They are sent again by themselves.', {
    why: 'order',
    expected: acknowledged + 1,
  });
}

async function write(deps: AgentDeps, admitted: Admitted, events: AgentEvent[]): Promise<void> {
  let syncFor: string | undefined;
  for (let n = 0; n < events.length; n += AT_ONCE) {
    const ids = await Promise.all(
      events.slice(n, n + AT_ONCE).map((event) => writeOne(deps, admitted, event)),
    );
    syncFor ??= ids.find((id) => id !== undefined);
    await othersFirst();
  }
  await noteUsers(deps, admitted.agent, events);
  if (syncFor)
    await orderDeltaSync(deps, admitted.customer, { recordId: syncFor, toldBy: admitted.agent.id });
}

/** Resolves to the id of a reset that a delta sync is to follow. */
async function writeOne(deps: AgentDeps, admitted: Admitted, event: AgentEvent): Promise<string | undefined> {
  if (event.type === 'reset') return recordReset(deps, admitted, event);
  await recordOtherEvent(deps, admitted, event);
  return undefined;
}

const othersFirst = () => new Promise<void>((resolve) => setImmediate(resolve));
