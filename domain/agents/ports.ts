import type { PublicKey } from '../agentProtocol/messages';
import type { SignedClaims } from '../agentProtocol/signature';
import type { InstallToken } from './agent';

/** Reads what agents sign; see agentProtocol/signature. Never throws for what somebody sent. */
export interface AgentSignatures {
  /** Who is said to have signed: not proved. */
  signerOf(authorization: string | undefined): string | undefined;
  /** What was signed, when this very key did it in the one way that is allowed. */
  read(authorization: string | undefined, key: PublicKey): Promise<SignedClaims | undefined>;
}

/** Agents of this process that wait for something to do. */
export interface AgentBell {
  /** Resolves when it is rung for, after `ms`, when `ended` is aborted, or when the same agent waits anew. */
  wait(agentId: string, ms: number, ended: AbortSignal): Promise<void>;
  ring(agentId: string): void;
  anybodyWaits(): boolean;
}

/**
 * Tells people of enrolments, where the install command was asked for. Written down before it resolves; again
 * changes nothing.
 */
export interface Enrolments {
  /** That a key became an agent's; called before it does, told once it did. */
  tell(
    tokenId: string,
    token: InstallToken,
    told: { name: string; publicKey: PublicKey; address?: string },
  ): Promise<void>;
  /** Whether another key may take an agent's place. */
  ask(tokenId: string, token: InstallToken): Promise<void>;
}

/** A request as it came: what its signature is about. */
export interface SignedRequest {
  authorization: string | undefined;
  path: string;
  body: Uint8Array;
  /** The network address that it came from. */
  address?: string;
}
