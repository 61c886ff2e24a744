/** The exit codes of a command, for scripts and RMM tools. docs/agent.md has the same list. */
export const EXIT = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  settings: 3,
  unreachable: 10,
  token: 11,
  clock: 12,
  identity: 13,
  notAgreed: 14,
  notAllowed: 15,
  notAdministrator: 20,
  files: 21,
  task: 22,
  held: 23,
  untrusted: 30,
  rolledBack: 31,
  older: 32,
  found: 40,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends the command with an exit code and one sentence that says what to do. */
export class CliFault extends Error {
  override readonly name = 'CliFault';
  constructor(
    readonly exitCode: ExitCode,
    readonly sentence: string,
    options?: { cause?: unknown },
  ) {
    super(sentence, options);
  }
}
