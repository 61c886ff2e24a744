import { DuplicateKey, KeyturnError, VersionConflict } from '../../../domain/errors';
import { change, put } from '../../../domain/stores/change';
import { insertOnce } from '../../../domain/stores/insertOnce';
import { pages } from '../../../domain/stores/pages';
import { retried, TRIES, unlessChanged } from '../../../domain/stores/retried';
import { contended } from '../../helpers/store/contendedStore';
import { MemoryStore } from '../../helpers/store/memoryStore';

interface Note {
  text: string;
  name?: string;
}

const noteStore = () =>
  new MemoryStore<Note>(
    {
      name: 'notes',
      ofCustomer: 'nothing',
      keys: { text: ({ text }) => text },
      unique: { name: ({ name }) => name },
    },
    { now: () => 0 },
  );

async function withNote() {
  const store = noteStore();
  const first = await store.insert('a', { text: 'one' });
  return { store, first };
}

const more = ({ text }: Note): Note => ({ text: `${text}+` });
const conflictSaying = (sentence: string) => ({ name: 'KeyturnError', code: 'conflict', sentence });

describe('change', () => {
  test('writes what `fn` makes of the document as it stands', async () => {
    const { store } = await withNote();
    expect(await change(store, 'a', more)).toEqual({ id: 'a', version: 2, value: { text: 'one+' } });
  });

  test('reads again when somebody else changed the given document', async () => {
    const { store, first } = await withNote();
    await store.replace(first, { text: 'theirs' });
    expect((await change(store, first, more))?.value.text).toBe('theirs+');
  });

  test.each([
    ['undefined', () => undefined],
    ['the very same value', (note: Note) => note],
  ])('writes nothing for %s', async (_what, fn) => {
    const { store } = await withNote();
    expect((await change(store, 'a', fn))?.version).toBe(1);
  });

  test('answers undefined for a document that is not there, or throws what the policy says', async () => {
    const gone = new KeyturnError('notFound', 'It is gone.');
    expect(await change(noteStore(), 'a', more)).toBeUndefined();
    await expect(change(noteStore(), 'a', more, { gone: () => gone })).rejects.toBe(gone);
  });

  test('succeeds when only the last try has no conflict', async () => {
    const { store } = await withNote();
    const late = contended(store, TRIES - 1);
    expect((await change(late, 'a', more))?.value.text).toBe('one+');
  });

  test.each([
    ['the sentence of the caller', { busy: 'Busy.' }, conflictSaying('Busy.')],
    ['an error of the caller', { busy: () => new TypeError('mine') }, { message: 'mine' }],
    [
      'a sentence for everybody',
      {},
      conflictSaying('Somebody else is changing this right now. Look at it again in a moment.'),
    ],
  ])('ends after TRIES tries with %s', async (_what, policy, error) => {
    const { store } = await withNote();
    const busy = contended(store);
    await expect(change(busy, 'a', more, policy)).rejects.toMatchObject(error);
    expect(busy.conflicts()).toBe(TRIES);
  });

  test('throws at once what the caller throws, also a conflict at another document', async () => {
    const { store } = await withNote();
    const fn = jest.fn().mockRejectedValue(new VersionConflict('others', 'b'));
    await expect(change(store, 'a', fn)).rejects.toThrow(VersionConflict);
    expect(fn).toHaveBeenCalledTimes(1);
  });

  test('hands on that another document has the unique key', async () => {
    const { store } = await withNote();
    await store.insert('b', { text: 'two', name: 'taken' });
    await expect(change(store, 'a', (note) => ({ ...note, name: 'taken' }))).rejects.toThrow(DuplicateKey);
  });
});

describe('put', () => {
  const putMore = (known: Note | undefined): Note => (known ? more(known) : { text: 'new' });

  test('inserts, then replaces', async () => {
    const store = noteStore();
    expect(await put(store, 'a', putMore)).toEqual({ id: 'a', version: 1, value: { text: 'new' } });
    expect(await put(store, 'a', putMore)).toEqual({ id: 'a', version: 2, value: { text: 'new+' } });
  });

  test('replaces what somebody else inserted since the last read', async () => {
    const store = noteStore();
    const [first, second] = await Promise.all([put(store, 'a', putMore), put(store, 'a', putMore)]);
    expect([first.value.text, second.value.text].sort()).toEqual(['new', 'new+']);
  });

  test('writes nothing for undefined', async () => {
    const store = noteStore();
    expect(await put(store, 'a', () => undefined)).toBeUndefined();
    expect(await store.count()).toBe(0);
  });

  test('hands on that another document has the unique key', async () => {
    const store = noteStore();
    await store.insert('b', { text: 'two', name: 'taken' });
    await expect(put(store, 'a', () => ({ text: 'x', name: 'taken' }))).rejects.toThrow(DuplicateKey);
  });

  test('ends after TRIES tries', async () => {
    const { store } = await withNote();
    const busy = contended(store);
    await expect(put(busy, 'a', putMore, { busy: 'Busy.' })).rejects.toMatchObject(conflictSaying('Busy.'));
    expect(busy.conflicts()).toBe(TRIES);
  });
});

describe('retried', () => {
  test('decides again after a conflict and after a key that was taken', async () => {
    const { store, first } = await withNote();
    const busy = contended(store, 2);
    const taken = [new DuplicateKey('notes', 'name')];
    const attempt = async () => {
      const refused = taken.pop();
      if (refused) throw refused;
      return busy.replace(first, { text: 'mine' });
    };
    expect((await retried(attempt)).value.text).toBe('mine');
  });

  test('throws every other error at once', async () => {
    const attempt = jest.fn().mockRejectedValue(new TypeError('broken'));
    await expect(retried(attempt)).rejects.toThrow('broken');
    expect(attempt).toHaveBeenCalledTimes(1);
  });
});

test('unlessChanged writes once, or answers undefined', async () => {
  const { store, first } = await withNote();
  expect(await unlessChanged(store.replace(first, { text: 'mine' }))).toMatchObject({ version: 2 });
  expect(await unlessChanged(store.replace(first, { text: 'late' }))).toBeUndefined();
});

test('insertOnce keeps the existing document, under this id or with this unique key', async () => {
  const store = noteStore();
  expect(await insertOnce(store, 'a', { text: 'one', name: 'x' })).toMatchObject({ version: 1 });
  expect(await insertOnce(store, 'a', { text: 'two' })).toBeUndefined();
  expect(await insertOnce(store, 'b', { text: 'two', name: 'x' })).toBeUndefined();
  expect((await store.get('a'))?.value.text).toBe('one');
});

test('pages reads on until the end, with the query on each page', async () => {
  const store = noteStore();
  for (const id of ['a', 'b', 'c', 'd']) await store.insert(id, { text: id === 'd' ? 'other' : 'same' });
  const seen: string[][] = [];
  for await (const items of pages(store, { where: { text: 'same' }, limit: 2 }))
    seen.push(items.map(({ id }) => id));
  expect(seen).toEqual([['a', 'b'], ['c']]);
});
