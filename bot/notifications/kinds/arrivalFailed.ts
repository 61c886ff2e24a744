import { counted } from '../../../cards/shared/format';
import { said } from '../../../cards/shared/said';
import type { EventOf } from '../../../domain/events/customerEvent';
import type { Face } from '../faces/face';
import { NO_FURTHER } from '../faces/further';
import type { ResetEvent } from '../faces/resetEvent';
import { resetsFace } from '../faces/resetsFace';
import { byOf } from '../faces/who';
import type { NoticeKind } from './noticeKind';

/** Its card shows the resets as they stand, so that nobody has to look for their first card. */
export const arrivalFailed: NoticeKind<'arrivalFailed'> = {
  kind: 'arrivalFailed',
  face: (events, told, { further, about }) => ({
    ...standOf(about, told, further.total),
    ...newsOf(events, further.total),
    tone: 'attention',
  }),
  digest: (count) => `${counted(count, 'new password')} not in Microsoft 365`,
};

/** How the resets stand. What a card does not list is only counted. */
function standOf(
  about: readonly ResetEvent[],
  told: number,
  further: number,
): Omit<Face, 'heading' | 'brief'> {
  const [first] = about;
  if (!first) return { tone: 'attention', asks: false };
  const {
    heading: _heading,
    brief: _brief,
    ...face
  } = resetsFace(about, told, { ...NO_FURTHER, total: further });
  const [account, password] = face.facts ?? [];
  if (about.length + further > 1 || !account || !password) return face;
  return {
    ...face,
    facts: [account, ['Reset by', face.asks === 'unexplained' ? '' : byOf(first)], password],
  };
}

type Failed = EventOf<'arrivalFailed'>;

function newsOf(events: readonly Failed[], further: number): Pick<Face, 'heading' | 'brief'> {
  const [first] = events;
  const total = events.length + further;
  if (!first || total > 1) return { heading: `${counted(total, 'new password')} not seen in Microsoft 365` };
  const { account, state } = first.facts;
  const password = `the new password of ${said(account, 120)}`;
  return state === 'notKnown'
    ? {
        heading: `Nobody knows whether ${password} works in Microsoft 365`,
        brief: `Not known in Microsoft 365: ${password}`,
      }
    : {
        heading: `${password.replace('the', 'The')} is not in Microsoft 365`,
        brief: `Not in Microsoft 365: ${password}`,
      };
}
