import type { EventKind } from '../../../domain/events/customerEvent';
import { agentBack } from './agentBack';
import { agentOffline } from './agentOffline';
import { agentsDisagree } from './agentsDisagree';
import { arrivalFailed } from './arrivalFailed';
import { connectionDegraded } from './connectionDegraded';
import { deltaSyncFailed } from './deltaSyncFailed';
import type { NoticeKind } from './noticeKind';
import { resetLate } from './resetLate';
import { resetSeen } from './resetSeen';
import { unexplainedResets } from './unexplainedResets';
import { unknownKind } from './unknownKind';

/** Every kind, in the order in which a digest names them. */
export const noticeKinds: { [Kind in EventKind]: NoticeKind<Kind> } = {
  resetSeen,
  resetLate,
  arrivalFailed,
  agentOffline,
  agentBack,
  deltaSyncFailed,
  connectionDegraded,
  unexplainedResets,
  agentsDisagree,
};

/** A stored event may be of a kind that only a newer version knows. */
export const noticeKindOf = (kind: EventKind): NoticeKind =>
  (noticeKinds[kind] as NoticeKind | undefined) ?? { kind, ...unknownKind };
