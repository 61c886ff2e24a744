/** One page of a list of `total` rows; the first page is 0. */
export interface Page {
  rows: readonly unknown[];
  total: number;
  page: number;
  perPage: number;
}

/** Which rows the page shows, such as “1–5 of 20”. */
export function rangeOf({ rows, total, page, perPage }: Page): string {
  const first = page * perPage + 1;
  return `${first}–${first + rows.length - 1} of ${total.toLocaleString('en')}`;
}

/**
 * Data of the fragment `pager`; `dataOf` is what a button to a page sends. With `sendsInputs` the choices
 * on the page go along.
 */
export const pagerOf = (page: Page, verb: string, dataOf: (page: number) => object, sendsInputs = false) => ({
  range: rangeOf(page),
  buttons: pageButtons(page, dataOf).map((button) => ({
    ...button,
    verb,
    inputs: sendsInputs ? 'auto' : 'none',
  })),
});

/** The buttons to the pages before and after it; `dataOf` is what a button to a page sends. */
export const pageButtons = ({ total, page, perPage }: Page, dataOf: (page: number) => object) => [
  ...(page > 0 ? [{ title: '‹ Previous', data: dataOf(page - 1) }] : []),
  ...((page + 1) * perPage < total ? [{ title: 'Next ›', data: dataOf(page + 1) }] : []),
];
