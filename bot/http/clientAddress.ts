import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';
import { remembered } from './remembered';

/** An address, or a network such as 10.0.0.0/8. */
export type Network = string;

/** Link-local: the front end of Azure App Service. Nobody on another network has such an address. */
const DEFAULT_PROXIES: readonly Network[] = ['169.254.0.0/16', 'fe80::/10'];

export interface ClientAddresses {
  isProxy(peer: string): boolean;
  /** The sender of a request: the last hop that is not a trusted proxy. */
  of(request: IncomingMessage): string;
}

/** Trusts what `proxies` wrote into X-Forwarded-For, and nobody else. */
export function createClientAddresses(proxies: readonly Network[] = DEFAULT_PROXIES): ClientAddresses {
  const trusted = listOf(proxies);
  const isProxy = remembered((peer) => contains(trusted, plainAddress(peer)));
  return {
    isProxy,
    of({ socket, headers }) {
      let hop = plainAddress(socket.remoteAddress ?? '');
      const hops = String(headers['x-forwarded-for'] ?? '').split(',');
      while (hops.length > 0 && isProxy(hop)) {
        const before = withoutPort(hops.pop() ?? '');
        if (isIP(before) === 0) break;
        hop = before;
      }
      return hop;
    },
  };
}

/** The address that limits count: for IPv6 the network, because one client has all of it. */
export const countedAs = (address: string): string => (isIPv6(address) ? networkOf(address) : address);

/** Whether the text has the form of a network. */
export function isNetwork(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (version === 4 ? 32 : 128));
}

function listOf(networks: readonly Network[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', length] = network.split('/');
    const type = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (length === undefined) list.addAddress(address, type);
    else list.addSubnet(address, Number(length), type);
  }
  return list;
}

const contains = (list: BlockList, address: string) =>
  isIP(address) !== 0 && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

const plainAddress = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');

/** Some proxies add the port: `192.0.2.1:50000`, `[2001:db8::1]:50000`. */
function withoutPort(hop: string): string {
  const bare = hop.trim();
  const [, address] = /^\[(.*)\](?::\d+)?$/.exec(bare) ?? /^([\d.]+):\d+$/.exec(bare) ?? [];
  return plainAddress(address ?? bare);
}

/** The first 64 bits. */
function networkOf(address: string): string {
  const [left = '', right] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const head = left ? left.split(':') : [];
  const tail = right ? right.split(':') : [];
  const zeros = right === undefined ? [] : Array<string>(8 - head.length - tail.length).fill('0');
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(':')}::/64`;
}
