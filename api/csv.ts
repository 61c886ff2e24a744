/** Matches a cell that a spreadsheet would read as a formula. */
const FORMULA = /^(?=[=+\-@\t\r\n＝＋－＠])/;
/**
 * Matches where a formula would begin for a spreadsheet that separates cells by something else than a comma.
 */
const INNER_FORMULA = /([;\t\r\n])(?=[=+\-@])/g;

const harmless = (text: string): string => text.replace(FORMULA, "'").replace(INNER_FORMULA, "$1'");

/**
 * One line of a CSV file (RFC 4180), every cell quoted. An apostrophe in front keeps a cell from
 * being a formula.
 */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((text) => `"${harmless(text).replaceAll('"', '""')}"`).join(',')}\r\n`;

/** Stands before the first line: without it Excel reads UTF-8 as another encoding. */
export const BYTE_ORDER_MARK = '\ufeff';
