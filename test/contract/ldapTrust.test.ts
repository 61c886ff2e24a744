import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { createLdapDirectory } from '../../agent/directory/ldapDirectory';
import { quietLog } from '../helpers/agent/watchWorld';

/** An attacker in between: accepts a TLS connection, and notes what it is told. */
async function listener(port = 0) {
  const own = await generate([{ name: 'commonName', value: 'dc1.contoso.test' }], { keyType: 'ec' });
  const heard: Buffer[] = [];
  const sockets: TLSSocket[] = [];
  const server = createServer({ key: own.private, cert: own.cert }, (socket) => {
    sockets.push(socket);
    socket
      .on('error', () => undefined)
      .on('data', (bytes) => {
        heard.push(bytes);
        socket.end();
      });
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    pin: createHash('sha256').update(new X509Certificate(own.cert).raw).digest('hex'),
    heard: () => Buffer.concat(heard).toString('latin1'),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const PASSWORD = 'Reader-Password-1';
const directoryAt = (port: number, pin?: string) =>
  createLdapDirectory(
    { url: `ldaps://127.0.0.1:${port}`, account: 'svc', password: PASSWORD, pin },
    quietLog,
  );

it('says nothing to a server with an unknown certificate', async () => {
  const other = await listener();
  await expect(directoryAt(other.port).state()).rejects.toMatchObject({ kind: 'certificate' });
  await expect(directoryAt(other.port, 'f'.repeat(64)).state()).rejects.toMatchObject({
    kind: 'certificate',
  });
  expect(other.heard()).toBe('');
  await other.close();
});

it('tells the pinned server the password, and another one nothing after a reconnect', async () => {
  const first = await listener();
  const directory = directoryAt(first.port, first.pin);
  await expect(directory.state()).rejects.toMatchObject({ kind: 'unreachable' });
  expect(first.heard()).toContain(PASSWORD);
  await first.close();
  const second = await listener(first.port);
  await expect(directory.state()).rejects.toMatchObject({ kind: 'certificate' });
  expect(second.heard()).toBe('');
  await second.close();
});
