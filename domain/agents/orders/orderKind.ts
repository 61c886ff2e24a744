import type { InputOf, ResultOf, Verb } from '../../agentProtocol/verbs';
import type { Stored } from '../../ports';
import type { Agent, AgentOrder } from '../agent';
import type { AgentDeps } from '../agentDeps';

/** What the bot knows about one verb. Only the agent knows how it is done. */
export interface OrderKind<V extends Verb> {
  verb: V;
  /** As in: “The delta sync ordered yesterday failed.” */
  noun: string;
  /** How long an order counts, at most LIMITS.orderMs. An agent that comes back later no longer does it. */
  lifeMs: number;
  /** Whether this agent may be given such an order, by the server role that it was installed for. */
  mayBeGivenTo(agent: Agent): boolean;
  /** Whether a waiting order also does what is ordered now. Absent: each order is carried out separately. */
  serves?(waiting: AgentOrder, ordered: Ordered<V>): boolean;
  /**
   * What follows after the order was done. Safe to repeat, also with another result, because it runs before
   * the order counts as settled, and a hostile agent may report two results at once.
   */
  follows?(deps: AgentDeps, order: Stored<AgentOrder>, result: ResultOf<V>): Promise<void>;
  /** For a verb without input: how a technician orders it on the card of agents. */
  wish?: undefined extends InputOf<V> ? Wish : never;
}

/** What is ordered of one agent. */
export type Ordered<V extends Verb> = {
  /** The record that it is about, such as an event; contains nothing secret. */
  recordId?: string;
} & Brought<V>;
/** A verb without input gets none. */
type Brought<V extends Verb> = V extends Verb
  ? undefined extends InputOf<V>
    ? { input?: InputOf<V> }
    : { input: InputOf<V> }
  : never;

export interface Wish {
  title: string;
  /** Whether the button is shown for these agents of a customer: one of them can do it now. */
  offered(agents: readonly Stored<Agent>[]): boolean;
  /** Chooses which of the online agents that may be given the order are to do it. */
  choose(online: Stored<Agent>[]): Stored<Agent>[];
  /** The sentence after ordering; `names`: the machines. */
  ordered(names: string): string;
  /** What to do when no agent can do it. */
  nobody: string;
}
