import { z } from 'zod';
import { htmlText } from './htmlText';

/** Longer than anything that is read here, also with the markup around it. */
const MOST_READ = 20_000;
const MOST_ATTACHMENTS = 20;

/** What Teams puts into a text for a message that is answered, forwarded or linked to. */
const QUOTES = /<quoted\b[^<>]*>(?:[^<]*<\/quoted>)?|<attachment\b[^<>]*>(?:[^<]*<\/attachment>)?/gi;
/** A reply as older clients write it: the quoted message itself, in a block. */
const REPLY = /<blockquote\b[^<>]*schema\.skype\.com\/Reply/i;
const MENTION = /<at\b[^<>]*>([^<]*)<\/at>/gi;

const htmlSchema = z.object({ contentType: z.literal('text/html'), content: z.string() });

/** Each of `own` is how the bot itself is mentioned; all else of the text stays, also mentions of others. */
export function spokenText(
  { text, attachments }: { text?: string | undefined; attachments?: unknown },
  own: readonly string[],
): string {
  const plain = (text ?? '').slice(0, MOST_READ);
  return withoutOwn(wordsOf(plain, attachments).slice(0, MOST_READ), own).trim();
}

/** As somebody would type it: a mention is the name alone. */
export const withoutMentions = (said: string): string =>
  said.includes('<at') ? said.replace(MENTION, '$1') : said;

/** The plain text; of a reply, and where there is none, the words of the HTML that comes with it. */
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
