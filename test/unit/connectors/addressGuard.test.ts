import { checkLiteral, guardedLookup, isPublicAddress } from '../../../connectors/shared/addressGuard';

describe('an address', () => {
  test.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '100.100.100.200',
    '100.127.255.255',
    '127.0.0.1',
    '127.255.255.254',
    '168.63.129.16',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.7',
    '203.0.113.9',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    '2606:4700::1%eth0',
    'fec0::1',
    'ff02::1',
    '',
    'localhost',
    '0x7f.1',
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each([
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '126.255.255.255',
    '128.0.0.1',
    '172.15.255.255',
    '172.32.0.1',
    '192.167.255.255',
    '192.169.0.1',
    '198.17.255.255',
    '198.20.0.1',
    '223.255.255.255',
    '2001:4860:4860::8888',
    '2606:4700::1111',
    '2a00:1450::1',
  ])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test('in a url is checked as it is written there', () => {
    for (const url of ['https://127.1/', 'https://0x7f000001/', 'https://2130706433/', 'https://[::1]/'])
      expect(() => checkLiteral(new URL(url).hostname, isPublicAddress)).toThrow('privateAddress');
    for (const url of ['https://1.1.1.1/', 'https://[2606:4700::1111]/', 'https://docs.example.com/'])
      expect(() => checkLiteral(new URL(url).hostname, isPublicAddress)).not.toThrow();
  });
});

describe('the lookup of a connection', () => {
  const looked = (addresses: string[], all: boolean) =>
    new Promise((resolve) => {
      const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      const lookup = guardedLookup(async () => found, isPublicAddress);
      lookup('docs.example.com', { all }, (error, ...rest) => resolve(error ?? rest));
    });

  test('gives exactly the addresses that were checked', async () => {
    const found = [
      { address: '1.1.1.1', family: 4 },
      { address: '2606:4700::1', family: 6 },
    ];
    expect(await looked(['1.1.1.1', '2606:4700::1'], true)).toEqual([found]);
    expect(await looked(['1.1.1.1', '2606:4700::1'], false)).toEqual(['1.1.1.1', 4]);
  });

  test('refuses a host when one of its addresses is not public', async () => {
    expect(await looked(['1.1.1.1', '10.0.0.1'], true)).toMatchObject({ refusal: 'privateAddress' });
    expect(await looked(['1.1.1.1', '::1'], false)).toMatchObject({ refusal: 'privateAddress' });
  });

  test('refuses a host without any address', async () => {
    expect(await looked([], true)).toMatchObject({ refusal: 'unreachable' });
  });
});
