import type { OrganizationPage } from '../../../domain/organizations/ports';
import { readList } from '../../../domain/organizations/readList';
import { organization } from '../../helpers/vendors/linksWorld';

/** Reads pages by number, and says how many it asked for. */
async function read(page: (n: number) => Partial<OrganizationPage>, msPerPage = 0) {
  let now = 0;
  let asked = 0;
  const ids: string[] = [];
  const source = {
    page: async (token = '0') => {
      asked += 1;
      now += msPerPage;
      return { organizations: [], bad: [], ...page(Number(token)) };
    },
  };
  const clock = { now: () => now };
  const ended = await readList(source, clock, ({ organizations }) =>
    ids.push(...organizations.map(({ id }) => id)),
  ).then(
    () => 'whole',
    (error) => error.refusal,
  );
  return { ended, asked, ids };
}
const rows = (n: number, count = 1) =>
  Array.from({ length: count }, (_, index) => organization('x', { id: `${n}.${index}` }));
const on = (n: number) => ({ next: String(n + 1) });

test('empty and short pages in between do not end a list', async () => {
  const list = await read((n) =>
    n < 5 ? { ...on(n), organizations: n % 2 ? [] : rows(n) } : { organizations: rows(5) },
  );
  expect(list).toEqual({ ended: 'whole', asked: 6, ids: ['0.0', '2.0', '4.0', '5.0'] });
});

test('calls a list endless that repeats itself', async () => {
  expect(await read((n) => ({ organizations: rows(n), next: String((n + 1) % 3) }))).toMatchObject({
    ended: 'endless',
    asked: 4,
  });
});

test('calls a list endless that exceeds all pages, rows or time', async () => {
  expect(await read(on)).toMatchObject({ ended: 'endless', asked: 2001 });
  expect(await read((n) => ({ ...on(n), organizations: rows(n, 50_000) }))).toMatchObject({
    ended: 'endless',
    asked: 5,
  });
  expect(await read(on, 120_000)).toMatchObject({ ended: 'endless', asked: 11 });
});
