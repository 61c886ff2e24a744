import { connect } from 'node:net';

/** True when somebody listens on this port of 127.0.0.1. */
export const reached = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** Resolves once nobody listens on this port any more; it holds one connection at a time until that ends. */
export async function noLongerReached(port: number): Promise<void> {
  while (await held(port));
}

const held = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    let connected = false;
    const socket = connect(port, '127.0.0.1', () => {
      connected = true;
    });
    socket.on('error', () => undefined).once('close', () => resolve(connected));
    socket.resume();
  });
