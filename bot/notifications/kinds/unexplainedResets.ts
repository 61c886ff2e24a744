import { alarmFace } from '../faces/alarmFace';
import { NOTHING } from '../faces/face';
import { countedAs, type NoticeKind } from './noticeKind';

/** An alarm shows the state of its resets, and asks until each of them has an answer. */
export const unexplainedResets: NoticeKind<'unexplainedResets'> = {
  kind: 'unexplainedResets',
  title: 'Alarm: many unexplained resets',
  face: ([alarm], told, { about }) => (alarm ? alarmFace(alarm.facts, told, about) : NOTHING),
  digest: countedAs('alarm'),
};
