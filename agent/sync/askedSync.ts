import type { DeltaSyncs } from '../ports';

/** What one run is to serve: several requests as one. */
export interface AskedSync {
  resets: number;
  commandIds: string[];
  /** A person waits for it. */
  urgent: boolean;
  /** When the first of them came. */
  askedAt: number;
}

/** At most one runs, and at most one waits. */
export interface SyncState {
  running?: AskedSync;
  waiting?: AskedSync;
  lastStartedAt?: number;
}

/**
 * Continuous resets do not start one run after the other: Microsoft Entra Connect is made for a cycle every
 * 30 minutes, and passwords do not travel with it. A person's request does not wait; the bot's request
 * because another agent saw resets does.
 */
export const SPACING_MS = 2 * 60_000;

export type SyncRequest = Parameters<DeltaSyncs['ask']>[0];

export function ask(
  state: SyncState,
  { resets, commandId, urgent = false }: SyncRequest,
  now: number,
): SyncState {
  const asked = { resets, commandIds: commandId ? [commandId] : [], urgent, askedAt: now };
  return { ...state, waiting: state.waiting ? merge(state.waiting, asked) : asked };
}

/** When the waiting one may run; undefined: one is running, or none waits. */
export function dueAt({ running, waiting, lastStartedAt }: SyncState): number | undefined {
  if (running || !waiting) return undefined;
  if (waiting.urgent || lastStartedAt === undefined) return waiting.askedAt;
  return Math.max(waiting.askedAt, lastStartedAt + SPACING_MS);
}

export function begin(state: SyncState, now: number): SyncState {
  return { running: state.waiting, lastStartedAt: now };
}

export function end({ waiting, lastStartedAt }: SyncState): SyncState {
  return { waiting, lastStartedAt };
}

/** The requests that would have to be made again if the program ended now. */
export const unserved = ({ running, waiting }: SyncState): AskedSync | undefined =>
  running ? merge(running, waiting) : waiting;

/** Two requests as one; `first` came first. */
export const merge = (first: AskedSync, then: AskedSync | undefined): AskedSync =>
  then
    ? {
        resets: first.resets + then.resets,
        commandIds: [...new Set([...first.commandIds, ...then.commandIds])],
        urgent: first.urgent || then.urgent,
        askedAt: first.askedAt,
      }
    : first;
