import { closeSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../files';
import { type FrameHead, headAt, isSound, openFrame, type StoredEvent } from './frame';

/** Where a frame lies on the disk. */
export interface FramePosition extends FrameHead {
  segment: number;
  offset: number;
}
export const endOf = ({ first, count }: Pick<FrameHead, 'first' | 'count'>): number => first + count - 1;

const SEGMENT_BYTES = 1024 * 1024;
const NAME = /^(\d{9})\.seg$/;
const nameOf = (segment: number) => `${String(segment).padStart(9, '0')}.seg`;

/**
 * The files of a queue. Frames are only added at the end of the newest file, and only whole files are
 * removed, the oldest first.
 */
export class Segments {
  private active?: { segment: number; file: FileHandle; size: number };

  constructor(
    private readonly folder: string,
    private readonly key: Uint8Array,
  ) {}

  /** Resolves when the frame is on the disk. When it throws, nothing of the frame is there. */
  async append(frame: Buffer, head: Omit<FrameHead, 'length'>): Promise<FramePosition> {
    const active = await this.openSegment();
    try {
      await active.file.write(frame, 0, frame.length, active.size);
      await active.file.datasync();
    } catch (error) {
      await this.abandon(active.size);
      throw error;
    }
    const position = { ...head, length: frame.length, segment: active.segment, offset: active.size };
    active.size += frame.length;
    return position;
  }

  /**
   * Reads at once: the bytes are few and mostly in the system's memory. Undefined: the disk has lost the
   * frame; `failed` gets the system's error.
   */
  read(position: FramePosition, failed: (error: unknown) => void): StoredEvent[] | undefined {
    try {
      const frame = this.bytesAt(position);
      return frame && openFrame(this.key, frame);
    } catch (error) {
      failed(error);
      return undefined;
    }
  }

  private bytesAt({ segment, offset, length }: FramePosition): Buffer | undefined {
    const file = openSync(join(this.folder, nameOf(segment)), 'r');
    try {
      const frame = Buffer.alloc(length);
      return readSync(file, frame, 0, length, offset) === length ? frame : undefined;
    } finally {
      closeSync(file);
    }
  }

  /** Removes the files before the one with `oldest`. When nothing waits, it removes all but the newest. */
  async removeBefore(oldest: FramePosition | undefined): Promise<void> {
    const before = oldest?.segment ?? this.active?.segment ?? Number.POSITIVE_INFINITY;
    for (const segment of await this.numbers())
      if (segment < before) await rm(join(this.folder, nameOf(segment)), { force: true });
  }

  /**
   * All sound frames, in order, and the highest number that an event ever had. A broken frame at the end of
   * a file was being written when the agent was killed, and nobody counts on it; a broken frame in the
   * middle is a loss.
   */
  async scan(): Promise<{ positions: FramePosition[]; end: number }> {
    let positions: FramePosition[] = [];
    let end = 0;
    for (const segment of await this.numbers()) {
      const bytes = await readFile(join(this.folder, nameOf(segment)));
      for (const { position, sound, last } of framesOf(bytes, segment, this.key)) {
        // A failed write may have left its frame, and the next one got the same numbers.
        if (sound) positions = [...takeWhileBefore(positions, position.first), position];
        if (sound || !last) end = Math.max(end, endOf(position));
      }
    }
    return { positions, end };
  }

  async close(): Promise<void> {
    await this.active?.file.close();
    this.active = undefined;
  }

  private async openSegment() {
    if (this.active && this.active.size < SEGMENT_BYTES) return this.active;
    const newest = this.active?.segment ?? (await this.numbers()).at(-1) ?? 0;
    await this.close();
    const segment = newest + 1;
    const file = await open(join(this.folder, nameOf(segment)), 'wx', 0o600);
    this.active = { segment, file, size: 0 };
    await syncFolder(this.folder);
    return this.active;
  }

  private async abandon(size: number): Promise<void> {
    try {
      await this.active?.file.truncate(size);
    } finally {
      await this.close();
    }
  }

  private async numbers(): Promise<number[]> {
    const names = await readdir(this.folder);
    const numbers = names.map((name) => Number(NAME.exec(name)?.[1] ?? 0));
    return numbers.filter((number) => number > 0).sort((a, b) => a - b);
  }
}

function* framesOf(bytes: Buffer, segment: number, key: Uint8Array) {
  for (let offset = 0; ; ) {
    const head = headAt(bytes, offset);
    if (!head) return;
    const end = offset + head.length;
    const sound = isSound(key, bytes.subarray(offset, end));
    yield { position: { ...head, segment, offset }, sound, last: !headAt(bytes, end) };
    offset = end;
  }
}

function takeWhileBefore(positions: FramePosition[], first: number): FramePosition[] {
  while ((positions.at(-1)?.first ?? -1) >= first) positions.pop();
  return positions;
}
