import { guid } from '../../domain/agentProtocol/directoryUser';

/** Rows by GUID, counted from 0 as they come. */
export type GuidRows = ReturnType<typeof createGuidRows>;

const BYTES = 16;

/**
 * Holds up to `capacity` GUIDs: each as 16 bytes in one column, found by an open hash that is at least half
 * empty. A map of texts would take several times as much memory, in objects of its own. Unused rows take no
 * memory.
 */
export function createGuidRows(capacity: number) {
  const column = Buffer.from(new ArrayBuffer(capacity * BYTES));
  /** Row + 1; 0: empty. */
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(capacity * 2)));
  const key = Buffer.alloc(BYTES);
  let size = 0;
  const bytesOf = (text: string) =>
    guid.safeParse(text).success && key.write(text.replaceAll('-', ''), 'hex') === BYTES;
  /** The slot that holds `key`, or the one where it would go. */
  const slotOfKey = () => {
    for (let slot = hashOf(key); ; slot += 1) {
      const index = slot & (slots.length - 1);
      const row = (slots[index] ?? 0) - 1;
      if (row < 0 || key.compare(column, row * BYTES, (row + 1) * BYTES) === 0) return index;
    }
  };
  return {
    get size(): number {
      return size;
    },
    /** Undefined: it has no row, or the text is not a GUID in lower case with dashes. */
    rowOf(text: string): number | undefined {
      const row = bytesOf(text) ? (slots[slotOfKey()] ?? 0) : 0;
      return row > 0 ? row - 1 : undefined;
    },
    /** Gives the GUID the next row; it must not have one yet. Throws TypeError when the text is no GUID. */
    add(text: string): number {
      if (!bytesOf(text)) throw new TypeError('an account’s objectGUID is no GUID');
      if (size === capacity) throw new RangeError('no room is left');
      slots[slotOfKey()] = size + 1;
      key.copy(column, size * BYTES);
      return size++;
    },
    /** In the order of the rows. */
    *guids(): Iterable<string> {
      for (let row = 0; row < size; row++) yield textOf(column, row);
    },
  };
}

const hashOf = (key: Buffer): number =>
  [0, 4, 8, 12].reduce((hash, at) => {
    const mixed = Math.imul(hash ^ key.readUInt32LE(at), 0x9e3779b1);
    return mixed ^ (mixed >>> 15);
  }, 0);

const textOf = (column: Buffer, row: number): string =>
  column.toString('hex', row * BYTES, (row + 1) * BYTES).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
