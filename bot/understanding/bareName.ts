import type { Lexicon } from './lexicon';
import { beforePoliteness } from './polite';
import { saidIn, trimmed, type Word } from './words';

/**
 * A customer’s name without what people say around it: “for the customer Contoso, please”, “Contoso’s”.
 */
export const bareName = (words: readonly Word[], lexicon: Lexicon): string =>
  saidIn(trimmed(beforePoliteness(words, lexicon), lexicon.around))
    .replace(/[,.;:!?]+$/u, '')
    .replace(/['’]s$/u, '');
