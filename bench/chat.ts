import { join } from 'node:path';
import type { StorageConfig } from '../storage/openStorage';
import { measureCustomersList } from './customersList';
import type { Figure } from './measure/result';
import { assertRealTurns } from './stage/assertRealTurns';
import { startServer } from './stage/processes';
import { startProduct } from './stage/product';
import { seed } from './stage/seed';
import type { Stage } from './stage/stage';
import { type Contender, figuresOf, measureTurns, ratioOf } from './turns';

/**
 * Compares the product's turns with those of a bare echo on each kind of store, and measures its longest
 * list.
 */
export async function measureChat({ folder, mongodb, keep }: Stage): Promise<Figure[]> {
  const sqlite: StorageConfig = { kind: 'sqlite', folder: join(folder, 'turns') };
  const stores = [sqlite, ...(mongodb ? [mongodb] : [])];
  for (const store of stores) await seed(store);
  const connector = await keep(startServer('connector', { firstCore: false }));
  const plain = await keep(startServer('plainEcho', { firstCore: true }));
  const bare = await keep(startServer('bareEcho', { firstCore: true }));
  const products: Contender[] = [];
  for (const store of stores)
    products.push({
      name: `full turn (${store.kind})`,
      server: await keep(startProduct(store, { firstCore: true })),
    });
  for (const { server } of products) await assertRealTurns(server, connector);
  const echoes = [
    { name: 'plain node:http echo', server: plain },
    { name: 'bare botbuilder echo', server: bare },
  ];
  const turns = await measureTurns([...echoes, ...products], connector);
  const [plainTurns, bareTurns, ...fullTurns] = turns;
  const lists: Figure[] = [];
  for (const [index, { server }] of products.entries()) {
    const { kind = 'sqlite' } = stores[index] ?? {};
    lists.push(...(await measureCustomersList(kind, server.url, connector.url, kind === 'sqlite')));
  }
  for (const { server } of [...products, ...echoes, { server: connector }]) await server.stop();
  return [
    ...turns.flatMap(figuresOf),
    ratioOf(bareTurns, plainTurns),
    ...fullTurns.map((full, index) => ratioOf(full, bareTurns, index === 0 ? { atLeast: 1 } : undefined)),
    ...lists,
  ];
}
