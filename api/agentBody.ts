import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import { PROTOCOL } from '../domain/agentProtocol/protocol';
import { AgentRefusal } from '../domain/agents/admission/agentRefusal';
import type { RawRequest } from '../domain/http';

const unpack = promisify(gunzip);

/**
 * Returns the bytes as the agent signed them. Throws AgentRefusal for another content type, an encoding that
 * this endpoint does not take, and too many bytes.
 */
export function bytesOf(raw: RawRequest, takesGzip: boolean): Uint8Array {
  if (raw.bytes === 'tooLarge') throw tooLarge();
  if (raw.contentType?.split(';')[0]?.trim().toLowerCase() !== 'application/json')
    throw wrongType('not JSON', 'The body has to be JSON.');
  const encoding = raw.contentEncoding?.toLowerCase();
  if (encoding && !(takesGzip && encoding === 'gzip'))
    throw wrongType('content encoding', 'The body has to come without this encoding.');
  return raw.bytes;
}

/**
 * Reads the bytes as `schema` says, after unpacking gzip. Throws AgentRefusal, which holds nothing
 * of the content.
 */
export async function readAgentBody<S extends z.ZodTypeAny>(
  schema: S,
  bytes: Uint8Array,
  { contentEncoding }: RawRequest,
  unpackedBytes: number,
): Promise<z.output<S>> {
  const value = jsonOf(contentEncoding ? await unpacked(bytes, unpackedBytes) : bytes);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const version = versioned.safeParse(value);
  if (version.success && version.data.protocol !== PROTOCOL) throw unsupportedProtocol();
  throw new AgentRefusal('invalid', 'The request is not as agreed between agent and bot. Update the agent.', {
    why: `not as agreed: ${pathsOf(parsed.error)}`,
  });
}

const versioned = z.object({ protocol: z.unknown() });

export const unsupportedProtocol = () =>
  new AgentRefusal(
    'unsupportedProtocol',
    `The agent speaks another version than the bot, which speaks ${PROTOCOL}. Update whichever is older.`,
    { why: 'protocol' },
  );

/** Says where the body is wrong, never its content: names of our own schema, and positions in lists. */
const pathsOf = ({ issues }: z.ZodError) =>
  issues
    .slice(0, 5)
    .map(({ path }) => path.join('.') || '(whole)')
    .join(', ');

const tooLarge = () =>
  new AgentRefusal('tooLarge', 'The request is larger than the bot takes.', { why: 'too large' });

const wrongType = (why: string, sentence: string) =>
  new AgentRefusal('invalid', sentence, { why, wrongType: true });

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new AgentRefusal('invalid', 'The body is not JSON.', { why: 'bad JSON' });
  }
}

/** Stops at `most` bytes, even if more would follow. */
async function unpacked(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  try {
    return await unpack(bytes, { maxOutputLength: most });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new AgentRefusal('invalid', 'The body is not gzip.', { why: 'bad gzip' });
  }
}
