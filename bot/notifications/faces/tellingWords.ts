import { said } from '../../../cards/shared/said';
import type { Telling } from '../../../domain/resets/telling';

const HOW: Record<Telling['how'], string> = {
  reset: 'reset',
  change: 'changed by the user',
  unknown: 'set, not known how',
};

/** What one agent told, with its name. */
export const saidBy = (telling: Telling): string => `${said(telling.agentName, 64)}: ${toldOf(telling)}`;

/** What one agent told. */
export function toldOf({ how, by, privileged, account }: Telling): string {
  const who = by && how !== 'change' ? ` by ${said(`${by.domain}\\${by.name}`, 120)}` : '';
  const kind = privileged ? 'privileged account' : 'ordinary account';
  return `${said(account, 120)} was ${HOW[how]}${who}, ${kind}`;
}
