import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { AgentEvent } from '../../domain/agentProtocol/agentEvent';

/** An event as the disk holds it. Its number follows from its position. */
export type StoredEvent = AgentEvent extends infer Event
  ? Event extends AgentEvent
    ? Omit<Event, 'seq'>
    : never
  : never;

/** What one `append` wrote, and its number among all events ever appended. */
export interface FrameHead {
  first: number;
  count: number;
  /** When the agent saw the first of them. */
  seenAt: number;
  /** The number of bytes of the whole frame. */
  length: number;
}

const ALGORITHM = 'aes-256-gcm';
/** Length (4), first (6), count (4), seenAt (6), initialization vector (12). */
const PLAIN = 20;
const IV = 12;
const TAG = 16;
const OVERHEAD = PLAIN + IV + TAG;

/** Seals a frame with AES-256-GCM and a fresh vector. The head is readable and authenticated, too. */
export function sealFrame(
  key: Uint8Array,
  { first, seenAt }: Pick<FrameHead, 'first' | 'seenAt'>,
  events: StoredEvent[],
): Buffer {
  const text = Buffer.from(JSON.stringify(events));
  const head = Buffer.alloc(PLAIN);
  head.writeUInt32BE(text.length + OVERHEAD, 0);
  head.writeUIntBE(first, 4, 6);
  head.writeUInt32BE(events.length, 10);
  head.writeUIntBE(seenAt, 14, 6);
  const iv = randomBytes(IV);
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(head);
  return Buffer.concat([head, iv, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

/** Undefined: there is no whole frame, as after a write that was cut off. */
export function headAt(bytes: Buffer, offset: number): FrameHead | undefined {
  if (offset + OVERHEAD > bytes.length) return undefined;
  const length = bytes.readUInt32BE(offset);
  if (length < OVERHEAD || offset + length > bytes.length) return undefined;
  const first = bytes.readUIntBE(offset + 4, 6);
  return { length, first, count: bytes.readUInt32BE(offset + 10), seenAt: bytes.readUIntBE(offset + 14, 6) };
}

/** Undefined: it was not sealed with this key. */
export function openFrame(key: Uint8Array, frame: Buffer): StoredEvent[] | undefined {
  const text = plainText(key, frame);
  return text && JSON.parse(text.toString('utf8'));
}

/** Whether a frame is whole and sealed with this key. It does not parse the events. */
export const isSound = (key: Uint8Array, frame: Buffer): boolean => plainText(key, frame) !== undefined;

function plainText(key: Uint8Array, frame: Buffer): Buffer | undefined {
  const body = PLAIN + IV;
  const decipher = createDecipheriv(ALGORITHM, key, frame.subarray(PLAIN, body))
    .setAAD(frame.subarray(0, PLAIN))
    .setAuthTag(frame.subarray(frame.length - TAG));
  try {
    return Buffer.concat([decipher.update(frame.subarray(body, frame.length - TAG)), decipher.final()]);
  } catch {
    return undefined;
  }
}
