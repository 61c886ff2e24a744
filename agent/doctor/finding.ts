/** What a check found: `ok` and `note` need nothing to be done. */
export interface Finding {
  state: 'ok' | 'note' | 'problem';
  sentence: string;
}

export const problem = (sentence: string): Finding => ({ state: 'problem', sentence });
