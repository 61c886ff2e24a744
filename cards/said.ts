import { visibleName } from '../domain/names/visibleText';

const MOST = 300;

/** What a client makes a link of by itself: up to the sign that is put into brackets. */
const ADDRESS = /\b([a-z][a-z0-9+.-]*)(:)(?=\/\/)|\b(www)(\.)|\b(mailto|tel|javascript|data|msteams)(:)/giu;

/**
 * What a machine at a customer, or the directory there, says in words of its own: bounded, in one line,
 * without what nobody sees, and with no address that a client would make a link of (`https[:]//`, `www[.]`).
 * Whose words they are has to stand beside it.
 */
export function said(text: string, most = MOST): string {
  const seen = visibleName(text, most + 1).replace(
    ADDRESS,
    (found) => `${found.slice(0, -1)}[${found.at(-1)}]`,
  );
  return seen.length > most ? `${seen.slice(0, most - 1).replace(/\p{Cs}$/u, '')}…` : seen;
}
