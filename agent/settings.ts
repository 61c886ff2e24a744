import { dirname, join } from 'node:path';
import { z } from 'zod';
import { jsonOf } from '../domain/agentProtocol/readJson';
import { readIfThere } from './files';

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** The address of the bot. Only on this machine may it do without TLS. */
const server = z
  .string()
  .refine((text) => URL.canParse(text), 'must be an address such as https://keyturn.example.com')
  .transform((text) => new URL(text))
  .refine(
    ({ protocol, hostname }) => protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname)),
    'must begin with https://',
  )
  .refine(
    ({ pathname, search, hash, username, password }) =>
      pathname === '/' && !search && !hash && !username && !password,
    'must be the address alone, without path, name or password',
  )
  .transform(({ origin }) => origin);

const proxy = z
  .string()
  .refine((text) => URL.canParse(text), 'must be an address such as http://proxy.contoso.test:8080')
  .transform((text) => new URL(text))
  .refine(({ protocol }) => protocol === 'http:', 'must begin with http://')
  .refine(({ username, password }) => !username && !password, 'must not hold a name or password')
  .transform(({ origin }) => origin);

const file = z.string().min(1, 'must name a file').max(1000);

/** Where the agent reads the directory. SecretKeeper keeps the account's password, not these settings. */
const directory = z
  .object({
    /** Only LDAPS; the port is 636 unless the address names another. */
    url: z
      .string()
      .refine(
        (text) => /^ldaps:\/\/[^/?#@]+\/?$/i.test(text) && URL.canParse(text),
        'must be like ldaps://dc1.contoso.test',
      )
      .refine(
        (text) => !/:326[89]\/?$/.test(text),
        'must not name port 3268 or 3269: the global catalogue does not show when a password was set. Leave the port out',
      ),
    account: z.string().min(1, 'must name an account').max(500),
    /** SHA-256 of the domain controller's certificate, in hex. */
    pin: z
      .string()
      .transform((text) => text.replaceAll(':', '').toLowerCase())
      .refine((text) => /^[0-9a-f]{64}$/.test(text), 'must be the 64 hex digits of a SHA-256 fingerprint')
      .optional(),
    ca: file.optional(),
  })
  .strict();

/** The raw Ed25519 public key, 32 bytes in base64url. */
const releaseKey = z.string().regex(/^[\w-]{43}$/, 'must be an Ed25519 public key in base64url');

const agentSettings = z
  .object({
    server,
    /**
     * The authority of the bot's certificate (PEM). When it is there, no other is trusted; absent: the
     * well-known ones are.
     */
    serverCa: file.optional(),
    proxy: proxy.optional(),
    directory: directory.optional(),
    /** The gMSA (`DOMAIN\\name$`) that the agent runs as; absent: SYSTEM or root. */
    runAs: z.string().min(1).max(300).optional(),
    /**
     * The key that signs updates, for a program that was built without a release key. A program that was
     * built with one accepts no other.
     */
    releaseKey: releaseKey.optional(),
  })
  .strict();
export type AgentSettings = z.output<typeof agentSettings>;
export type DirectorySettings = z.output<typeof directory>;

/** Everything that is wrong with the settings. It names the settings and never shows their values. */
export class SettingsFault extends Error {
  override readonly name = 'SettingsFault';
  constructor(readonly faults: string[]) {
    super(faults.join('\n'));
  }
}

/** Throws SettingsFault with all faults at once. */
export function parseSettings(value: unknown): AgentSettings {
  const parsed = agentSettings.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SettingsFault(parsed.error.issues.map(faultOf));
}

function faultOf(issue: z.ZodIssue): string {
  const name = issue.path.join('.') || 'settings';
  if (issue.code === 'unrecognized_keys')
    return `${[...issue.path, issue.keys.join(', ')].join('.')}: is not known`;
  if (issue.code === 'invalid_type' && issue.received === 'undefined') return `${name}: is missing`;
  if (issue.code === 'invalid_type') return `${name}: must be ${issue.expected}`;
  return `${name}: ${issue.code === 'too_big' ? 'is too long' : issue.message}`;
}

/**
 * Accepts a byte order mark, which editors on Windows write. Throws SettingsFault, also when the file is
 * missing or is not JSON.
 */
export async function readSettings(path: string): Promise<AgentSettings> {
  const bytes = await readIfThere(path);
  if (!bytes) throw new SettingsFault([`${path}: there is no such file; run "keyturn-agent install"`]);
  return parseSettings(writtenIn(bytes, path));
}

/** The parser's own message is not used, because it quotes the file. */
function writtenIn(bytes: Buffer, path: string): unknown {
  const value = jsonOf(bytes.toString('utf8'));
  if (value === undefined) throw new SettingsFault([`${path}: is not JSON`]);
  return value;
}

/** The file that a running agent holds, on systems where it holds a file. */
export const LOCK_FILE = 'agent.lock';

/** The paths of everything the agent keeps. All lie beside the settings. */
export const pathsOf = (configFile: string) => {
  const folder = dirname(configFile);
  return {
    folder,
    enrolment: join(folder, 'enrolment.json'),
    queue: join(folder, 'queue'),
    logs: join(folder, 'logs'),
    watch: join(folder, 'watch'),
    deltaSyncs: join(folder, 'deltaSyncs'),
    orders: join(folder, 'orders'),
    serverCa: join(folder, 'serverCa.pem'),
    directoryCa: join(folder, 'directoryCa.pem'),
    lock: join(folder, LOCK_FILE),
  };
};
