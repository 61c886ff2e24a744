/** When nobody waits for an answer any more. */
export interface Ending {
  /** The same as a signal, made for the first who asks: most requests end before anybody does. */
  signal(): AbortSignal;
  isOver(): boolean;
  /** Calls `act` at the end; never when that has been. */
  onEnd(act: () => void): void;
  end(): void;
}

/** One for all: each made anew would take down where it was made. */
const OVER = new DOMException('nobody waits for the answer any more', 'AbortError');

export function createEnding(): Ending {
  let over = false;
  let controller: AbortController | undefined;
  const acts: (() => void)[] = [];
  return {
    signal() {
      controller ??= new AbortController();
      if (over) controller.abort(OVER);
      return controller.signal;
    },
    isOver: () => over,
    onEnd(act) {
      if (!over) acts.push(act);
    },
    end() {
      if (over) return;
      over = true;
      for (const act of acts) act();
      controller?.abort(OVER);
    },
  };
}
