import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock as clock, systemRandom as random } from '../../../bot/system';
import { issueInstallToken } from '../../../domain/agents/enrolment/issueInstallToken';
import { freePort } from '../../../sandbox/ports';
import { startBot } from '../../../sandbox/startBot';
import { openStorage } from '../../../storage/openStorage';
import { SETTINGS, seed } from '../bot/agentToCardWorld';
import { openFakeConnector } from '../bot/fakeConnector';
import { actor } from '../cloud/signInWorld';
import { eitherOf } from '../process/eitherOf';
import { silent } from '../store/storageWorlds';

/**
 * The built bot in a process of its own, behind TLS, with a customer and with conversations that want notices
 * of its resets.
 */
export async function botBehindTls(tls: { key: string; cert: string }) {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-bot-behind-tls-'));
  const port = (await freePort(0)) ?? 0;
  const front = await eitherOf(() => [port], tls);
  const connector = await openFakeConnector();
  const publicUrl = `https://127.0.0.1:${front.port}`;
  const dataFolder = join(folder, 'data');
  const storage = await openStorage({ kind: 'sqlite', folder: dataFolder }, { log: silent, clock });
  const { stores } = storage;
  await seed(stores, connector.url);
  const bot = await startBot({
    settings: { ...SETTINGS, PORT: String(port), PUBLIC_URL: publicUrl, DATA_DIR: dataFolder },
    url: `http://127.0.0.1:${port}`,
    logFile: join(folder, 'bot.log'),
  });
  return {
    publicUrl,
    stores,
    connector,
    async installToken(): Promise<string> {
      const request = {
        customerId: 'contoso',
        serverRole: 'domainController' as const,
        requestId: randomUUID(),
      };
      return (await issueInstallToken({ stores, clock, random }, actor('tess'), request)).token;
    },
    async close() {
      await bot.stop();
      await storage.close();
      await Promise.all([front.close(), connector.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type BotBehindTls = Awaited<ReturnType<typeof botBehindTls>>;
