import { headerOf } from './fragments/header';
import { type Button, moreOf } from './fragments/more';
import template from './importProgress.json';
import { type Card, presenter, type Tone } from './shared/card';
import { counted } from './shared/format';
import type { Text } from './shared/time';

export interface ImportProgressData {
  runId: string;
  integration: string;
  state: 'reading' | 'applying' | 'cancelled' | 'failed';
  pagesRead: number;
  totalPages?: number;
  /** How many organizations were found, or processed. */
  count: number;
  /** Since the start, in milliseconds. */
  elapsedMs: number;
  /** A further remark: who started it, why it failed, what it waits for, that it was resumed. */
  note?: Text;
  integrationId: string;
  /** For a run that another person's card follows: a button to look again. */
  canLook: boolean;
}

const TONES: Record<ImportProgressData['state'], Tone> = {
  reading: 'neutral',
  applying: 'neutral',
  cancelled: 'warning',
  failed: 'attention',
};

const render = presenter(template);

/** A running import: how far it is, and Cancel (verb `importCancel`). */
export const importProgressCard = (data: ImportProgressData): Card =>
  render({
    ...headerOf({ heading: `Import from ${data.integration}`, under: lineOf(data), tone: TONES[data.state] }),
    speak: `Import from ${data.integration}: ${lineOf(data)}`,
    detail: data.note ?? '',
    elapsed: goesOn(data)
      ? `${elapsed(data.elapsedMs)} so far. It goes on by itself, also after a restart.`
      : `After ${elapsed(data.elapsedMs)}`,
    buttons: moreOf(buttonsOf(data)),
  });

const goesOn = ({ state }: ImportProgressData): boolean => state === 'reading' || state === 'applying';

function lineOf({ state, pagesRead, totalPages, count }: ImportProgressData): string {
  const of = totalPages && totalPages >= pagesRead ? ` of ${totalPages.toLocaleString('en')}` : '';
  switch (state) {
    case 'reading':
      return `… ${pagesRead.toLocaleString('en')}${of} pages read, ${counted(count, 'organization')} found`;
    case 'applying':
      return `… ${counted(count, 'organization')} done`;
    case 'cancelled':
      return '⚠ The import was cancelled';
    case 'failed':
      return '✗ The import could not go on';
  }
}

function buttonsOf(data: ImportProgressData): Button[] {
  const { runId, integrationId } = data;
  if (!goesOn(data)) return [{ title: 'Import again', verb: 'importStart', data: { integrationId } }];
  const look = { title: 'Look again', verb: 'importReview', data: { runId } };
  return [...(data.canLook ? [look] : []), { title: 'Cancel', verb: 'importCancel', data: { runId } }];
}

/** '4 seconds', '2 min 5 s'. */
function elapsed(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? counted(seconds, 'second') : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
