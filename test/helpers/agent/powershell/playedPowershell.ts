import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createPowershell, type Powershell } from '../../../../agent/powershell/powershell';

/**
 * The answer to a script that contains `when`: a recording of test/fixtures/powershell, a value, its own
 * input, or never an answer.
 */
export type PlayedAnswer = { when: string } & (
  | { recording: string }
  | { value: unknown }
  | { echo: true }
  | { hang: true }
);

interface PlayedCall {
  args: string[];
  script: string;
  input: Record<string, unknown>;
  env: Record<string, string>;
}

export interface PlayedPowershell {
  powershell: Powershell;
  /** The calls so far, in order. */
  calls(): PlayedCall[];
  remove(): void;
}

/** The real module with a stand-in for powershell.exe, which is a process of its own. */
export const playPowershell = (...answers: PlayedAnswer[]): PlayedPowershell =>
  playPowershellIn({}, ...answers);

/** The same, with these variables in the environment. */
export function playPowershellIn(env: Record<string, string>, ...answers: PlayedAnswer[]): PlayedPowershell {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-powershell-'));
  const program = join(folder, 'powershell');
  const standIn = resolve(__dirname, 'powershell.cjs');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${standIn}' '${folder}' "$@"\n`, {
    mode: 0o755,
  });
  writeFileSync(join(folder, 'answers.json'), JSON.stringify(answers.map(withFile)));
  const calls = join(folder, 'calls.jsonl');
  return {
    powershell: createPowershell(program, env),
    calls: () =>
      existsSync(calls)
        ? readFileSync(calls, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const withFile = (answer: PlayedAnswer) =>
  'recording' in answer
    ? {
        when: answer.when,
        file: resolve(__dirname, '../../../fixtures/powershell', `${answer.recording}.txt`),
      }
    : answer;
