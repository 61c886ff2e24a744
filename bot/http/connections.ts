import type { Socket } from 'node:net';

export interface ConnectionBounds {
  /** The most connections in all, and of one address that is not a trusted proxy. */
  most: number;
  mostOfOne: number;
  /** The most requests under way on one connection: our own clients wait for each answer. */
  mostOnOne: number;
}
export const CONNECTION_BOUNDS: ConnectionBounds = { most: 10_000, mostOfOne: 2_000, mostOnOne: 8 };

interface Peer {
  open: number;
  /** Connections without a request under way, the longest idle first. */
  idle: Set<Socket>;
}

export interface Connections {
  opened(socket: Socket): void;
  /**
   * Counts a request until the caller calls the returned function; calls `gone` when the connection ends
   * first. False: one too many.
   */
  begin(socket: Socket, gone: () => void): (() => void) | false;
}

/**
 * Bounds the number of connections without shutting anybody out: for a new one beyond a bound, it closes an
 * idle one of the same address, or of the address with the most. A client beyond the bound with nothing idle
 * is turned away.
 */
export function createConnections(
  isProxy: (address: string) => boolean,
  full: (why: 'all' | 'one address', address: string) => void,
  { most, mostOfOne, mostOnOne }: ConnectionBounds,
): Connections {
  const peers = new Map<string, Peer>();
  const underWay = new Map<Socket, Set<() => void>>();
  let all = 0;
  return {
    opened(socket) {
      const address = socket.remoteAddress ?? '';
      const peer = peers.get(address) ?? { open: 0, idle: new Set<Socket>() };
      const tooMany = tooManyWith(address, peer);
      if (tooMany) {
        full(tooMany, address);
        const crowded = tooMany === 'all' ? mostIdle() : peer;
        const [longest] = crowded?.idle ?? [];
        if (!crowded || !longest) return void socket.destroy();
        crowded.idle.delete(longest);
        longest.destroy();
      }
      peers.set(address, peer);
      peer.open++;
      all++;
      peer.idle.add(socket);
      socket.once('close', () => closed(socket, address, peer));
    },
    begin(socket, gone) {
      const requests = underWay.get(socket) ?? new Set();
      if (requests.size >= mostOnOne || socket.destroyed) return false;
      underWay.set(socket, requests.add(gone));
      const peer = peers.get(socket.remoteAddress ?? '');
      peer?.idle.delete(socket);
      return () => {
        requests.delete(gone);
        if (requests.size > 0) return;
        underWay.delete(socket);
        if (!socket.destroyed) peer?.idle.add(socket);
      };
    },
  };

  function tooManyWith(address: string, { open }: Peer): 'all' | 'one address' | undefined {
    if (open >= mostOfOne && !isProxy(address)) return 'one address';
    return all >= most ? 'all' : undefined;
  }

  function mostIdle(): Peer | undefined {
    let found: Peer | undefined;
    for (const peer of peers.values()) if (peer.idle.size > (found?.idle.size ?? 0)) found = peer;
    return found;
  }

  function closed(socket: Socket, address: string, peer: Peer): void {
    all--;
    peer.open--;
    peer.idle.delete(socket);
    if (peer.open === 0) peers.delete(address);
    for (const gone of underWay.get(socket) ?? []) gone();
    underWay.delete(socket);
  }
}
