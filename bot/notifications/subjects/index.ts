import type { Subject } from '../../../domain/notifications/delivery';
import { digestSubject } from './digest';
import { noticeSubject } from './notice';
import { setUpSubject } from './setUp';
import type { SubjectDeps, SubjectKind } from './subjectKind';

export type Subjects = { [Kind in Subject['kind']]: SubjectKind<Kind> };

/** Every kind of record that cards in many chats show. */
export const createSubjects = (deps: SubjectDeps): Subjects => ({
  notice: noticeSubject(deps),
  digest: digestSubject(deps),
  setUp: setUpSubject(deps),
});

const LOOK_MS = 60_000;

/** A newer version may have written a delivery of an unknown kind; it is left to that version. */
export const subjectKindOf = (subjects: Subjects, { kind }: Subject): SubjectKind =>
  subjects[kind] ?? {
    kind,
    whereTo: async () => ({
      until: 'Only a newer version of Keyturn can tell it.',
      because: 'newerVersion',
      lookMs: LOOK_MS,
    }),
    card: async () => undefined,
  };
