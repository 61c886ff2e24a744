/** What a spreadsheet takes for a formula at the beginning of a cell. */
const FORMULA = /^(?=[=+\-@\t\r\n＝＋－＠])/;
/** Where a spreadsheet that expects other separators than the comma would begin a cell within one. */
const INNER_FORMULA = /([;\t\r\n])(?=[=+\-@])/g;

const harmless = (text: string): string => text.replace(FORMULA, "'").replace(INNER_FORMULA, "$1'");

/** One line of a CSV file (RFC 4180), every cell quoted. No cell is a formula: one that would be begins with an apostrophe. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((text) => `"${harmless(text).replaceAll('"', '""')}"`).join(',')}\r\n`;

/** Before the first line: without it, Excel takes UTF-8 for another encoding. */
export const BYTE_ORDER_MARK = '\ufeff';
