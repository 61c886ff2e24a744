import { DuplicateKey } from '../../../domain/errors';
import { groupCommit } from '../../../storage/drivers/groupCommit';

function commits(fail?: Error) {
  const log: string[] = [];
  const transaction = <T>(work: () => T): T => {
    const result = work();
    if (fail) throw fail;
    log.push('commit');
    return result;
  };
  return { log, write: groupCommit({ transaction }) };
}

test('writes of one round share a commit and settle after it', async () => {
  const { log, write } = commits();
  const results = ['a', 'b', 'c'].map((name) =>
    write(() => name).then((done) => log.push(`settled ${done}`)),
  );
  await Promise.all(results);
  expect(log).toEqual(['commit', 'settled a', 'settled b', 'settled c']);
});

test('a refused unique key fails only its own write', async () => {
  const { write } = commits();
  const duplicate = new DuplicateKey('people', 'id');
  const refused = () => {
    throw duplicate;
  };
  expect(await Promise.allSettled([write(() => 1), write(refused), write(() => 2)])).toEqual([
    { status: 'fulfilled', value: 1 },
    { status: 'rejected', reason: duplicate },
    { status: 'fulfilled', value: 2 },
  ]);
});

test('a commit that fails fails every write in it', async () => {
  const reason = new TypeError('disk full');
  const { write } = commits(reason);
  expect(await Promise.allSettled([write(() => 1), write(() => 2)])).toEqual([
    { status: 'rejected', reason },
    { status: 'rejected', reason },
  ]);
});

/**
 * Keeps the process busy for `ms` in each of the next `rounds` of the event loop, and does `each` in every
 * round.
 */
function busy(rounds: number, ms: number, each: (round: number) => void): Promise<void> {
  return new Promise((done) => {
    const round = (n: number) => {
      const until = performance.now() + ms;
      while (performance.now() < until);
      each(n);
      if (n + 1 === rounds) return done();
      setImmediate(round, n + 1);
    };
    setImmediate(round, 0);
  });
}

test('writes of a busy moment share a commit, even from different rounds', async () => {
  const { log, write } = commits();
  const writes: Promise<unknown>[] = [];
  await busy(3, 0.5, (round) => writes.push(write(() => round)));
  await Promise.all(writes);
  expect(log).toEqual(['commit']);
});

test('no write waits forever in a busy process', async () => {
  const { log, write } = commits();
  const first = write(() => 'first').then(() => log.push('settled'));
  let settledAt = -1;
  await busy(20, 2, (round) => {
    if (log.includes('settled') && settledAt < 0) settledAt = round;
  });
  await first;
  expect(settledAt).toBeGreaterThan(-1);
});
