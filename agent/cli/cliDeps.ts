import type { Directory, Platform, Watch } from '../ports';
import type { DirectorySettings } from '../settings';
import type { Timing } from '../timing';

/** What the commands work with; `agent/index.ts` gives the real ones. */
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
  /** Active Directory, and who looks at it. */
  openDirectory: OpenDirectory;
  createWatch: CreateWatch;
  /** Aborted when the process is asked to stop. */
  signal: AbortSignal;
}

/** The program that runs now. */
export interface Program {
  /** What is copied when it is installed. */
  file: string;
  /** How a copy of it is started. */
  commandOf(copy: string): { file: string; args: string[] };
}

/** Throws DirectoryFault. */
export type OpenDirectory = (settings: DirectorySettings, password: string) => Promise<Directory>;
/** `folder`: where a watcher keeps how far it has looked. */
export type CreateWatch = (deps: {
  open(): Promise<Directory>;
  eventLog: Platform['eventLog'];
  folder: string;
  timing: Timing;
}) => Watch;
