import type { Config } from '../settings/config';
import type { OpenedChannel } from './createAdapter';
import { readCertificate } from './readCertificate';

/** The channel with its certificate loaded. Throws KeyturnError 'settings'. */
export async function openChannel(channel: Config['channel']): Promise<OpenedChannel> {
  if (channel.kind === 'localPlayground') return channel;
  const { credential } = channel;
  return {
    ...channel,
    credential: credential.kind === 'certificate' ? await readCertificate(credential) : credential,
  };
}
