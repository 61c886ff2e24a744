import type { AgentHealth } from '../agentProtocol/health';
import type { Machine, PublicKey } from '../agentProtocol/messages';
import type { Verb } from '../agentProtocol/verbs';
import type { CustomerEvent } from '../events/customerEvent';

/** The kind of server that an install command is for. */
export type ServerRole = 'domainController' | 'otherServer';

/** A program of ours at a customer. The document id is the agent's id; one per machine and customer. */
export interface Agent {
  customerId: string;
  machine: Machine;
  publicKey: PublicKey;
  version: string;
  enrolledAt: number;
  /** Who asked for the install line. */
  enrolledBy: { id: string; name: string };
  /** The hash of the token it enrolled with: the same token and key again are the same enrolment. */
  enrolledWith: string;
  /**
   * What its install command was made for, and with that what it may tell; absent on agents of earlier
   * versions.
   */
  place?: ServerRole;
  /** The network address that it was last heard from; absent: not heard from since that is kept. */
  address?: string;
  /** What it told although its install command gives it no right to: it counts for nothing. */
  ignored?: { resets: number; users: number; toldAt: number };
  state: 'online' | 'offline' | 'revoked';
  /** Since when it is what it is. */
  stateSince: number;
  lastBeatAt: number;
  skewMs: number;
  waiting: { events: number; oldestAt?: number };
  health?: AgentHealth;
  /** What was acknowledged last, and of which queue. */
  stream?: { id: string; seq: number };
  revoked?: { at: number; by: { id: string; name: string } };
  /** What was last said to be wrong with its directory and its Azure AD Connect; absent: nothing. */
  degraded?: { directory?: string; connect?: string; users?: string };
  /** How much of what it sent could not be read. */
  notRead?: { events: number; users: number; lastAt: number; toldAt: number };
  /** How often it told something of itself in the hour that began then. */
  tellings?: { since: number; count: number };
  /** What this change of it has to tell, written together with the change; absent once it stands in `events`. */
  outbox?: { id: string; event: CustomerEvent }[];
}

/** Three missed beats and a little for the way. */
export const OFFLINE_AFTER_MS = 95_000;

/** A one-time token for one enrolment at one customer. The document id is its hash (see hashOf); it lies nowhere itself. */
export interface InstallToken {
  customerId: string;
  /** Absent on those of earlier versions. */
  place?: ServerRole;
  issuedBy: { id: string; name: string };
  conversationId: string;
  issuedAt: number;
  expiresAt: number;
  /** The machine and the key that enrolled with it: nobody else can from then on. */
  used?: { machineId: string; key: string; at: number };
  /** What it was used for wants a person's word. */
  replacement?: Replacement;
}
export const INSTALL_TOKEN_MS = 30 * 60_000;

/** A program with another key that is to take an agent's place, and what a person said to that. */
export interface Replacement {
  agentId: string;
  /** The agent's key as this was asked: an agent that has another one since is not meant. */
  oldKey: string;
  /** As the new program says. */
  machine: Machine;
  version: string;
  publicKey: PublicKey;
  address?: string;
  askedAt: number;
  /** It cannot be answered after that. */
  expiresAt: number;
  state: 'waiting' | 'allowed' | 'refused';
  by?: { id: string; name: string };
  decidedAt?: number;
}
export const REPLACEMENT_MS = 30 * 60_000;

/** That a signed request was here; the document id is agent id and jti. Kept while its signature could count. */
export interface AgentRequest {
  expiresAt: number;
}

/** Something an agent is to do. Nothing is carried out after `expiresAt`. */
export interface AgentOrder {
  agentId: string;
  customerId: string;
  verb: Verb;
  /** As the verb's schema says; absent on orders of earlier versions, and once it has ended. */
  input?: unknown;
  recordId?: string;
  issuedAt: number;
  expiresAt: number;
  state: 'waiting' | 'handedOut' | 'done' | 'failed';
  handedOutAt?: number;
  finding?: string;
  /** Failed, and nobody knows whether it was done: its agent ended in the middle. */
  mayBeDone?: true;
}
