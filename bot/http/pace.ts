/** The slowest allowed pace of a body: so many bytes in each stretch of time. */
export interface Pace {
  bytes: number;
  withinMs: number;
}

/**
 * Calls `tooSlow`, once, when fewer bytes than that reach `moved` within a stretch. `stop` ends the watch.
 */
export function watchPace({ bytes, withinMs }: Pace, tooSlow: () => void) {
  let moved = 0;
  const timer = setInterval(() => {
    if (moved < bytes) {
      clearInterval(timer);
      tooSlow();
    }
    moved = 0;
  }, withinMs);
  timer.unref();
  return {
    moved: (count: number) => {
      moved += count;
    },
    stop: () => clearInterval(timer),
  };
}
