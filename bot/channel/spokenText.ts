import { z } from 'zod';
import { htmlText } from './htmlText';

/** Longer than any text that the bot reads, even with its markup. */
const MOST_READ = 20_000;
const MOST_ATTACHMENTS = 20;

/** What Teams puts into a text for a message that it quotes, forwards or links to. */
const QUOTES = /<quoted\b[^<>]*>(?:[^<]*<\/quoted>)?|<attachment\b[^<>]*>(?:[^<]*<\/attachment>)?/gi;
/** A reply of an older client: the quoted message itself, in a block. */
const REPLY = /<blockquote\b[^<>]*schema\.skype\.com\/Reply/i;
const MENTION = /<at\b[^<>]*>([^<]*)<\/at>/gi;

const htmlSchema = z.object({ contentType: z.literal('text/html'), content: z.string() });

/** `own`: the forms in which the text mentions the bot itself. All other text stays, also other mentions. */
export function spokenText(
  { text, attachments }: { text?: string | undefined; attachments?: unknown },
  own: readonly string[],
): string {
  const plain = (text ?? '').slice(0, MOST_READ);
  return withoutOwn(wordsOf(plain, attachments).slice(0, MOST_READ), own).trim();
}

/** As a person would type it: a mention becomes the name alone. */
export const withoutMentions = (said: string): string =>
  said.includes('<at') ? said.replace(MENTION, '$1') : said;

/** The plain text; for a reply, and without plain text, the words of the HTML beside it. */
function wordsOf(plain: string, attachments: unknown): string {
  if (REPLY.test(plain)) return htmlText(plain);
  const said = plain.replaceAll('&nbsp;', ' ').replace(QUOTES, ' ');
  const html = Array.isArray(attachments) && attachments.length > 0 ? htmlOf(attachments) : '';
  if (html && (REPLY.test(html) || !plain.trim())) return htmlText(html);
  return said;
}

const htmlOf = (attachments: readonly unknown[]): string =>
  attachments
    .slice(0, MOST_ATTACHMENTS)
    .flatMap((attachment) => htmlSchema.safeParse(attachment).data?.content ?? [])
    .join('\n');

const withoutOwn = (said: string, own: readonly string[]): string =>
  own.reduce((rest, mention) => rest.replaceAll(mention, ' '), said);
