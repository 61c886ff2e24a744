import type { LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { SourceRefused } from '../../domain/organizations/ports';

/** Resolves a host name to all its addresses, like `dns.promises.lookup` with `all`. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

/** Whether we may connect to an address, IPv4 or IPv6. */
export type AllowsAddress = (address: string) => boolean;

/**
 * Addresses outside the public internet: this host, private, carrier, link-local (with cloud metadata), test,
 * multicast, reserved.
 */
const NOT_PUBLIC_4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Azure's platform address looks public, but the host of this machine answers it.
  '168.63.129.16/32',
];
/**
 * In IPv6 only global unicast is public, without the ranges that carry an IPv4 address or serve
 * documentation.
 */
const PUBLIC_6 = ['2000::/3'];
const NOT_PUBLIC_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const notPublic4 = blockList(NOT_PUBLIC_4, 'ipv4');
const public6 = blockList(PUBLIC_6, 'ipv6');
const notPublic6 = blockList(NOT_PUBLIC_6, 'ipv6');

/**
 * False for every address that is not surely public, also for IPv4 written as IPv6 and for unreadable text.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !notPublic4.check(address, 'ipv4');
  if (family !== 6 || address.includes('%')) return false;
  return public6.check(address, 'ipv6') && !notPublic6.check(address, 'ipv6');
}

/**
 * Checks a host that is written as an address, because no lookup ever checks it. Throws SourceRefused
 * 'privateAddress'.
 */
export function checkLiteral(hostname: string, allows: AllowsAddress): void {
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) && !allows(literal)) throw new SourceRefused('privateAddress');
}

/**
 * The lookup of a connection. The connection goes to the very addresses that are checked here, so that no
 * second answer of the name server can slip in between. One address that is not allowed refuses the whole
 * host.
 */
export function guardedLookup(resolve: Resolve, allows: AllowsAddress): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        const refused = addresses.some(({ address }) => !allows(address));
        if (!first || refused) callback(new SourceRefused(first ? 'privateAddress' : 'unreachable'), [], 0);
        else if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error) => callback(error, [], 0),
    );
  };
}

function blockList(subnets: string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [net = '', prefix] = subnet.split('/');
    list.addSubnet(net, Number(prefix), family);
  }
  return list;
}
