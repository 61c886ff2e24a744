import { visibleName } from '../../domain/names/visibleText';

const MOST = 300;

/** Text that a client turns into a link by itself, up to the sign that `said` puts into brackets. */
const ADDRESS = /\b([a-z][a-z0-9+.-]*)(:)(?=\/\/)|\b(www)(\.)|\b(mailto|tel|javascript|data|msteams)(:)/giu;

/**
 * The own words of a machine at a customer, or of its directory: limited in length, on one line, without
 * invisible characters, and without an address that a client would turn into a link (`https[:]//`, `www[.]`).
 * The card must name who said it.
 */
export function said(text: string, most = MOST): string {
  const seen = visibleName(text, most + 1).replace(
    ADDRESS,
    (found) => `${found.slice(0, -1)}[${found.at(-1)}]`,
  );
  return seen.length > most ? `${seen.slice(0, most - 1).replace(/\p{Cs}$/u, '')}…` : seen;
}
