import type { Face } from './face';
import type { Further } from './further';
import { manyResets } from './manyResets';
import { isMissed } from './marks';
import type { ResetEvent } from './resetEvent';
import { resetFace } from './resetFace';

/** The face of all resets of one notice, which began at `told`. */
export function resetsFace(events: readonly ResetEvent[], told: number, further: Further): Face {
  const resets = events.toSorted((a, b) => rank(b) - rank(a) || a.at - b.at);
  const [first] = resets;
  const total = resets.length + further.total;
  if (total === 0) return MOVED;
  return first && total === 1 ? resetFace(first, told) : manyResets(resets, told, further);
}

const MOVED: Face = {
  heading: 'This reset has a new message',
  tone: 'neutral',
  lead: 'A second agent knows more about it. The new message says what.',
  asks: false,
};

/** What people have to look at first. */
const rank = (reset: ResetEvent): number =>
  Number(reset.privileged) * 4 +
  Number(reset.facts.explanation.state === 'unexplained') * 2 +
  Number(isMissed(reset));
