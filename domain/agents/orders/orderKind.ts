import type { InputOf, ResultOf, Verb } from '../../agentProtocol/verbs';
import type { Stored } from '../../ports';
import type { Agent, AgentOrder } from '../agent';
import type { AgentDeps } from '../agentDeps';

/** What the bot knows of one verb. How it is done the agent alone knows. */
export interface OrderKind<V extends Verb> {
  verb: V;
  /** As in: “The delta sync ordered yesterday failed.” */
  noun: string;
  /** How long an order counts, LIMITS.orderMs at most: an agent that comes back later does not do it any more. */
  lifeMs: number;
  /** Whether this agent may be given such an order, by the kind of server that it was installed for. */
  mayBeGivenTo(agent: Agent): boolean;
  /** Whether an order that waits still does also what is ordered now. Absent: each order is carried out by itself. */
  serves?(waiting: AgentOrder, ordered: Ordered<V>): boolean;
  /** What follows when it was done. Safe to repeat: it runs before the order counts as settled. */
  follows?(deps: AgentDeps, order: Stored<AgentOrder>, result: ResultOf<V>): Promise<void>;
  /** For a verb that needs no input: how a technician orders it on the card of the agents. */
  wish?: undefined extends InputOf<V> ? Wish : never;
}

/** What is ordered of one agent. */
export type Ordered<V extends Verb> = {
  /** What it is about, such as an event; nothing secret. */
  recordId?: string;
} & Brought<V>;
/** A verb that needs no input is given none. */
type Brought<V extends Verb> = V extends Verb
  ? undefined extends InputOf<V>
    ? { input?: InputOf<V> }
    : { input: InputOf<V> }
  : never;

export interface Wish {
  title: string;
  /** Whether the button is there, for these agents of a customer. */
  offered(agents: readonly Stored<Agent>[]): boolean;
  /** Who of those that are online and may be given it is to do it. */
  choose(online: Stored<Agent>[]): Stored<Agent>[];
  /** What is said when it was ordered; `names`: their machines. */
  ordered(names: string): string;
  /** What to do when nobody can do it. */
  nobody: string;
}
