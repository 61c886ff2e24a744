/** What a check found. With `ok` and `note` nobody has to do anything. */
export interface Finding {
  state: 'ok' | 'note' | 'problem';
  sentence: string;
}

export const problem = (sentence: string): Finding => ({ state: 'problem', sentence });
