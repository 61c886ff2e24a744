import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphSettings } from '../../../connectors/graph/settings';
import { REQUIRED_PERMISSIONS } from '../../../domain/tenants/requiredPermissions';
import type { MicrosoftSandboxOptions } from '../../../sandbox/microsoft/startMicrosoftSandbox';
import { createLinesLog } from '../process/linesLog';
import {
  type Answer,
  CLIENT_ID,
  CLIENT_SECRET,
  type MicrosoftWorld,
  openMicrosoftWorld,
  REDIRECT_URI,
} from './microsoftWorld';

export const CONSENT_URI = REDIRECT_URI.replace('callback', 'consent');

/**
 * The sandbox with the authority that `npm test` makes this process trust, and the connector's settings for
 * it.
 */
export async function openGraphWorld(options: Partial<MicrosoftSandboxOptions> = {}) {
  const world = await openMicrosoftWorld({
    certificate: trustedCertificate(),
    redirectUris: [REDIRECT_URI, CONSENT_URI],
    permissions: REQUIRED_PERMISSIONS.map(({ name }) => name),
    ...options,
  });
  const lines = createLinesLog();
  const settings: GraphSettings = {
    clientId: CLIENT_ID,
    credential: { kind: 'secret', clientSecret: CLIENT_SECRET },
    loginUrl: world.loginUrl,
    graphUrl: world.graphUrl,
    log: lines.log,
  };
  return { world, lines, settings };
}

function trustedCertificate() {
  const folder = process.env.KEYTURN_TEST_TLS_DIR;
  if (!folder) throw new TypeError('Run this with npm test: it makes the process trust the test authority.');
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return { key: read('key.pem'), cert: read('cert.pem') };
}

/**
 * Picks `username` on a page of the sandbox, and presses Accept where the page asks. Returns the redirect
 * back.
 */
export async function pickOn(world: MicrosoftWorld, url: string, username: string): Promise<URL> {
  let answer: Answer = await world.call(url, { form: { username } });
  if (answer.status === 200) answer = await world.call(url, { form: { person: username, answer: 'accept' } });
  return new URL(answer.headers.location ?? '');
}
