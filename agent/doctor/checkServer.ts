import type { Platform } from '../ports';
import type { Finding } from './finding';

/** The checks print what they find instead of logging it. */
export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

export async function checkConnect({ connectHealth }: Platform): Promise<Finding> {
  const { state, finding } = await connectHealth();
  if (state === 'ready') return { state: 'ok', sentence: 'Delta syncs can be started.' };
  if (state === 'notInstalled') return { state: 'note', sentence: 'Not installed on this machine.' };
  return { state: 'problem', sentence: finding ?? `Its state is ${state}.` };
}

export async function checkEventLog({ eventLog }: Platform): Promise<Finding> {
  const { state, finding } = await eventLog.health();
  if (state === 'read') return { state: 'ok', sentence: 'Shows who reset a password.' };
  if (state === 'none')
    return { state: 'note', sentence: finding ?? 'This machine has none that shows who reset a password.' };
  return { state: 'problem', sentence: finding ?? 'The account may not read it.' };
}
