import * as utc from './format';

/** A text of a card: words, or words with moments in them. */
export type Text = string | Line;

/**
 * Words with moments in them. A TextBlock shows a moment in the reader's zone and language; everywhere else
 * a Line reads with UTC, as it does as a string.
 */
export class Line {
  constructor(readonly parts: readonly (string | Moment)[]) {}
  toString(): string {
    return this.parts.join('');
  }
}

/** A moment (ms UTC) in a Line. */
export class Moment {
  constructor(
    readonly at: number,
    /** What a TextBlock shows, as functions that the client replaces. */
    readonly functions: readonly ('DATE' | 'TIME')[],
  ) {}

  /** With UTC: '23 Nov 2026 14:02 UTC'. */
  toString(): string {
    if (!this.exists) return UNKNOWN;
    return this.functions.map((name) => SPOKEN[name](this.at)).join(' ');
  }

  /** For a TextBlock: the client shows it in the reader's zone and language. */
  toMarkdown(): string {
    const seconds = this.exists ? `${new Date(this.at).toISOString().slice(0, 19)}Z` : '';
    return seconds ? this.functions.map((name) => LOCALISED[name](seconds)).join(' ') : UNKNOWN;
  }

  /** False for a time outside of what the client's functions can read. */
  private get exists(): boolean {
    return this.at >= 0 && this.at < Date.UTC(9999, 11, 31);
  }
}

const UNKNOWN = 'at an unknown time';
const SPOKEN = { DATE: utc.date, TIME: utc.timeOfDay };
const LOCALISED = {
  DATE: (seconds: string) => `{{DATE(${seconds}, SHORT)}}`,
  TIME: (seconds: string) => `{{TIME(${seconds})}}`,
};

/** A moment of today or of a day that the card names: '14:02'. */
export const time = (at: number): Moment => new Moment(at, ['TIME']);
/** A day: 'Mon, 23 Nov 2026'. */
export const date = (at: number): Moment => new Moment(at, ['DATE']);
/** 'Mon, 23 Nov 2026 14:02'. */
export const dateTime = (at: number): Moment => new Moment(at, ['DATE', 'TIME']);

/**
 * Makes a Line: line`Confirmed by ${name}, ${time(at)}`. Every string in it is shown literally, no matter who
 * wrote it.
 */
export const line = (own: TemplateStringsArray, ...values: readonly (Text | Moment | number)[]): Line =>
  new Line(own.flatMap((words, index) => [words, ...partsOf(values[index] ?? '')]));

/** Several texts as one, with words between them. */
export const joined = (texts: readonly Text[], between: string): Line =>
  new Line(texts.flatMap((text, index) => [...(index > 0 ? [between] : []), ...partsOf(text)]));

const partsOf = (value: Text | Moment | number): readonly (string | Moment)[] => {
  if (value instanceof Line) return value.parts;
  return [value instanceof Moment ? value : String(value)];
};
