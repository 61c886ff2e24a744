import type { AgentHealth } from '../agentProtocol/health';
import type { Machine, PublicKey } from '../agentProtocol/messages';
import type { Verb } from '../agentProtocol/verbs';
import type { CustomerEvent } from '../events/customerEvent';

/** The server role that an install command is for. */
export type ServerRole = 'domainController' | 'otherServer';

/**
 * Our program at a customer. The document id is the agent's id; there is one for each machine and customer.
 */
export interface Agent {
  customerId: string;
  machine: Machine;
  publicKey: PublicKey;
  version: string;
  enrolledAt: number;
  /** The person who asked for the install command. */
  enrolledBy: { id: string; name: string };
  /**
   * The hash of the token with which the agent enrolled. The same token and key again are the same enrolment.
   */
  enrolledWith: string;
  /**
   * The server role of its install command, which decides what it may tell; absent on agents of earlier
   * versions.
   */
  place?: ServerRole;
  /** The network address of its last request; absent when none was noted yet. */
  address?: string;
  /** What the agent told without a right to it: this does not count. */
  ignored?: { resets: number; users: number; toldAt: number };
  state: 'online' | 'offline' | 'revoked';
  /** Since when it has this state. */
  stateSince: number;
  lastBeatAt: number;
  skewMs: number;
  waiting: { events: number; oldestAt?: number };
  health?: AgentHealth;
  /** The queue and the event that were acknowledged last. */
  stream?: { id: string; seq: number };
  revoked?: { at: number; by: { id: string; name: string } };
  /** What was last told to be wrong with its directory and its Microsoft Entra Connect; absent: nothing. */
  degraded?: { directory?: string; connect?: string; users?: string };
  /** How much of what the agent sent the bot could not read. */
  notRead?: { events: number; users: number; lastAt: number; toldAt: number };
  /** How often the agent said something about itself in the hour that began at `since`. */
  tellings?: { since: number; count: number };
  /**
   * The events that this change causes, written together with the change; absent once they are in `events`.
   */
  outbox?: { id: string; event: CustomerEvent }[];
}

/** Three missed beats, and some time for the way. */
export const OFFLINE_AFTER_MS = 95_000;

/**
 * A one-time token for one enrolment at one customer. The document id is its hash (see hashOf); the token
 * itself is stored nowhere.
 */
export interface InstallToken {
  customerId: string;
  /** Absent on tokens of earlier versions. */
  place?: ServerRole;
  issuedBy: { id: string; name: string };
  conversationId: string;
  issuedAt: number;
  expiresAt: number;
  /** The machine and the key that enrolled with it; from then on no other can. */
  used?: { machineId: string; key: string; at: number };
  /** The enrolment waits for a person's answer. */
  replacement?: Replacement;
}
export const INSTALL_TOKEN_MS = 30 * 60_000;

/** A program with another key that wants to replace an agent, and what a person answered. */
export interface Replacement {
  agentId: string;
  /**
   * The agent's key when this was asked; the answer does not hold for an agent that has another key since.
   */
  oldKey: string;
  /** As the new program reports itself. */
  machine: Machine;
  version: string;
  publicKey: PublicKey;
  address?: string;
  askedAt: number;
  /** After this moment nobody can answer it. */
  expiresAt: number;
  state: 'waiting' | 'allowed' | 'refused';
  by?: { id: string; name: string };
  decidedAt?: number;
}
export const REPLACEMENT_MS = 30 * 60_000;

/**
 * Records that a signed request was here; the document id is agent id and jti. It is kept while the signature
 * could count.
 */
export interface AgentRequest {
  expiresAt: number;
}

/** An order for an agent. Nothing is carried out after `expiresAt`. */
export interface AgentOrder {
  agentId: string;
  customerId: string;
  verb: Verb;
  /**
   * In the form of the verb's schema; absent on orders of earlier versions, and once the order has ended or
   * expired.
   */
  input?: unknown;
  recordId?: string;
  issuedAt: number;
  expiresAt: number;
  state: 'waiting' | 'handedOut' | 'done' | 'failed';
  handedOutAt?: number;
  finding?: string;
  /** The order failed, and nobody knows whether it was done, because its agent ended in the middle. */
  mayBeDone?: true;
}
