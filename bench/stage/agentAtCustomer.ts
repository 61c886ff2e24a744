import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createFileSecrets } from '../../agent/linux/fileSecrets';
import { type DirectorySettings, pathsOf } from '../../agent/settings';
import { writeSettings } from '../../agent/writeSettings';
import { hashOf } from '../../domain/links/oneTime';
import type { Needs } from '../../domain/stores/core';
import { FIRST_ADMIN } from './people';

const HOUR = 60 * 60_000;

/** A token with which one agent can enrol for this customer. */
export async function installTokenFor(
  { stores: { installTokens } }: Needs<'installTokens'>,
  customerId: string,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const now = Date.now();
  await installTokens.insert(hashOf(token), {
    customerId,
    place: 'domainController',
    issuedBy: { id: FIRST_ADMIN, name: 'First admin' },
    conversationId: 'bench',
    issuedAt: now,
    expiresAt: now + HOUR,
  });
  return token;
}

/**
 * Writes an agent's settings and its service account's password where the agent finds them. Returns the
 * settings' file.
 */
export async function writeAgentSettings(
  folder: string,
  server: string,
  { password, ...directory }: DirectorySettings & { password: string },
): Promise<string> {
  const config = join(folder, 'agent.json');
  const protect = async (path: string) => {
    await mkdir(path, { recursive: true, mode: 0o700 });
  };
  await writeSettings(config, { server, directory }, { dataFolder: folder, protect });
  await createFileSecrets(pathsOf(config).folder).write('directoryPassword', Buffer.from(password));
  return config;
}
