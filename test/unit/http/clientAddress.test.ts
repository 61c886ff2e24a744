import type { IncomingMessage } from 'node:http';
import { countedAs, createClientAddresses } from '../../../bot/http/clientAddress';

const from = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: { ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }) },
  }) as unknown as IncomingMessage;

describe('the address to which a request counts', () => {
  const addresses = createClientAddresses(['10.0.0.0/8', '2001:db8:1::/48', '127.0.0.1']);

  it.each([
    ['its peer', '192.0.2.1', undefined, '192.0.2.1'],
    ['its peer, even if the peer names others', '192.0.2.1', '198.51.100.1', '192.0.2.1'],
    ['the one that a proxy names', '10.0.0.4', '198.51.100.1', '198.51.100.1'],
    [
      'the one that a proxy names, as sockets write the proxy',
      '::ffff:10.0.0.4',
      '198.51.100.1',
      '198.51.100.1',
    ],
    ['the last one that a proxy names', '10.0.0.4', '203.0.113.9, 198.51.100.1', '198.51.100.1'],
    ['the last before two proxies', '127.0.0.1', '203.0.113.9, 198.51.100.1, 10.1.2.3', '198.51.100.1'],
    ['the one that a proxy names with a port', '10.0.0.4', '198.51.100.1:50000', '198.51.100.1'],
    ['the network of IPv6', '10.0.0.4', '[2001:db8:2:3:4:5:6:7]:443', '2001:db8:2:3::/64'],
    ['the network of a short IPv6', '2001:db8::1', undefined, '2001:db8:0:0::/64'],
    ['the proxy, when it names nobody', '10.0.0.4', undefined, '10.0.0.4'],
    [
      'the proxy, when it names something that is no address',
      '10.0.0.4',
      '198.51.100.1, unknown',
      '10.0.0.4',
    ],
    ['the last readable one', '10.0.0.4', '[, 10.0.0.5', '10.0.0.5'],
  ])('is %s', (_what, peer, forwarded, expected) => {
    expect(countedAs(addresses.of(from(peer, forwarded)))).toBe(expected);
  });

  it('believes no proxy on the network unless the settings say so', () => {
    expect(createClientAddresses().of(from('10.0.0.4', '198.51.100.1'))).toBe('10.0.0.4');
    expect(createClientAddresses().of(from('::ffff:169.254.130.1', '198.51.100.1:4711'))).toBe(
      '198.51.100.1',
    );
  });
});
