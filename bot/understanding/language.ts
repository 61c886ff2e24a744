import type { Role } from '../../domain/people/person';

/** The words of one language: data alone, so that another language is one more file. */
export interface Language {
  /**
   * The phrases of every form of every command, by the form’s id, in lower case, with “|” between them. “…”
   * stands for what the phrase takes when it goes on behind that, and “@” for a mention.
   */
  phrases: Record<string, string>;
  /** Politeness before and behind a request, with “|” between its phrases. */
  polite: string;
  /** Words that change nothing: between the words of a phrase, and around a name. */
  filler: string;
  /** Words before a customer: “of Contoso”. */
  of: string;
  /** Words before a new name: “rename Contoso to Fabrikam”. */
  to: string;
  /** Before a name that is new: “called Contoso”; with “|” between the phrases. */
  called: string;
  roles: Record<string, Role>;
}

/** The phrases of a list of a language. */
export const phrasesIn = (list: string): string[] =>
  list.split('|').map((phrase) => phrase.trim().replace(/\s+/g, ' '));
