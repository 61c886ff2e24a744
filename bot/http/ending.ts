/** The moment from which nobody waits for an answer any more. */
export interface Ending {
  /** The same as a signal, made when somebody first asks for it: most requests end before that. */
  signal(): AbortSignal;
  isOver(): boolean;
  /** Calls `act` at the end; never calls it when the end has passed. */
  onEnd(act: () => void): void;
  end(): void;
}

/** One shared error: each new one would record a stack trace. */
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
