/** How long reads may hold up all other work in one round of the event loop, in milliseconds. */
const ROUND = 15;

/**
 * Reads of the embedded database run on the thread of everything else, and a promise that is settled goes
 * ahead of other work. So thousands of reads in a row would hold up everybody. Once the reads of a round of
 * the event loop took ROUND, further ones wait for the next round.
 */
export function shortRounds(now = () => performance.now()): <T>(read: () => T) => T | Promise<T> {
  let began: number | undefined;
  const nextRound = () => {
    began = undefined;
  };
  const isOver = (): boolean => {
    if (began === undefined) {
      began = now();
      setImmediate(nextRound);
    }
    return now() - began > ROUND;
  };
  const later = async <T>(read: () => T): Promise<T> => {
    do await new Promise(setImmediate);
    while (isOver());
    return read();
  };
  return (read) => (isOver() ? later(read) : read());
}
