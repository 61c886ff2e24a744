import type { Clock, Log, Random } from '../ports';
import type { Stores } from './stores';

/** What every part of the product works with. It is handed on whole. */
export interface Core {
  stores: Stores;
  clock: Clock;
  random: Random;
  log: Log;
}

/** What a use case reads of it: some collections, and beside them the clock, random values or the log. */
export type Needs<Names extends keyof Stores, Rest extends Exclude<keyof Core, 'stores'> = never> = {
  stores: Pick<Stores, Names>;
} & Pick<Core, Rest>;
