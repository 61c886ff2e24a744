import { readAhead } from '../../../domain/imports/reading/readAhead';
import type { OrganizationPage } from '../../../domain/organizations/ports';

const pages: Record<string, OrganizationPage> = {
  first: { organizations: [], bad: [], next: 'b' },
  b: { organizations: [], bad: [], next: 'c' },
  c: { organizations: [], bad: [] },
};

function played() {
  const asked: string[] = [];
  const refuse = new Set<string>();
  const page = async (token = 'first') => {
    asked.push(token);
    if (refuse.delete(token)) throw new TypeError(token);
    return pages[token] as OrganizationPage;
  };
  return { asked, refuse, source: readAhead({ page }) };
}

test('fetches the next page while the caller works on the current one, and asks for each once', async () => {
  const { asked, source } = played();
  expect(await source.page()).toBe(pages.first);
  expect(asked).toEqual(['first', 'b']);
  expect(await source.page('b')).toBe(pages.b);
  expect(await source.page('c')).toBe(pages.c);
  expect(asked).toEqual(['first', 'b', 'c']);
});

test('reports the refusal of a page when its turn comes, and then asks for the page again', async () => {
  const { asked, refuse, source } = played();
  refuse.add('b');
  await source.page();
  await expect(source.page('b')).rejects.toThrow('b');
  expect(await source.page('b')).toBe(pages.b);
  expect(asked).toEqual(['first', 'b', 'b', 'c']);
});

test('does not follow a list that names the same page again', async () => {
  const asked: string[] = [];
  const page = async (token = 'same') => {
    asked.push(token);
    return { organizations: [], bad: [], next: 'same' };
  };
  await readAhead({ page }).page('same');
  expect(asked).toEqual(['same']);
});
