import type { PublicKey } from '../agentProtocol/messages';
import type { SignedClaims } from '../agentProtocol/signature';
import type { InstallToken } from './agent';

/** Reads what agents sign; see agentProtocol/signature. Never throws, whatever was sent. */
export interface AgentSignatures {
  /** The claimed signer: not proved. */
  signerOf(authorization: string | undefined): string | undefined;
  /** The signed claims, when exactly this key signed them in the one allowed way. */
  read(authorization: string | undefined, key: PublicKey): Promise<SignedClaims | undefined>;
}

/** The agents of this process that wait for something to do. */
export interface AgentBell {
  /**
   * Resolves when somebody rings for the agent, after `ms`, when `ended` is aborted, or when the same agent
   * waits anew.
   */
  wait(agentId: string, ms: number, ended: AbortSignal): Promise<void>;
  ring(agentId: string): void;
  anybodyWaits(): boolean;
}

/**
 * Tells people about enrolments, in the conversation that asked for the install command. It is written down
 * before the call resolves; a repeat changes nothing.
 */
export interface Enrolments {
  /** Tells that a key became an agent's. It is called before the key does, and told after that. */
  tell(
    tokenId: string,
    token: InstallToken,
    told: { name: string; publicKey: PublicKey; address?: string },
  ): Promise<void>;
  /** Asks whether another key may replace an agent's key. */
  ask(tokenId: string, token: InstallToken): Promise<void>;
}

/** A request as it came: what its signature is about. */
export interface SignedRequest {
  authorization: string | undefined;
  path: string;
  body: Uint8Array;
  /** The network address of the request. */
  address?: string;
}
