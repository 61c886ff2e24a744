import { connect } from 'node:net';

/**
 * Sends bytes unchanged and resolves to the status of each answer, once the other side has closed the
 * connection.
 */
export function rawStatuses(port: number, bytes: string | Buffer): Promise<number[]> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(statusesIn(Buffer.concat(chunks).toString('latin1'))));
  });
}

const statusesIn = (text: string) =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status)).filter((s) => s !== 100);

/** A request that asks the server to close the connection after the answer. */
export const rawGet = (target: string, host: string | undefined = 'localhost', more = '') =>
  `GET ${target} HTTP/1.1\r\n${host === undefined ? '' : `Host: ${host}\r\n`}${more}Connection: close\r\n\r\n`;
