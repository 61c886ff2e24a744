import type { LdapSettings } from '../directory/ldapConnection';
import type { AgentLog, Directory, Platform } from '../ports';
import type { Timing } from '../timing';

/** What the commands work with. `agent/index.ts` gives the real parts. */
export interface CliDeps {
  platform: Platform;
  program: Program;
  /** From the environment. */
  installToken?: string;
  directoryPassword?: string;
  /** Standard input as a whole; '' when it is a terminal. */
  readInput(): Promise<string>;
  print(line: string): void;
  timing: Timing;
  openDirectory: OpenDirectory;
  /** Aborted when the process is asked to stop. */
  signal: AbortSignal;
}

/** The program that runs now. */
export interface Program {
  /** The file that `install` copies. */
  file: string;
  /** How a copy of it is started. */
  commandOf(copy: string): { file: string; args: string[] };
}

/** Opens Active Directory as the settings name it. It connects at the first question. */
export type OpenDirectory = (settings: LdapSettings, log: AgentLog) => Directory;
