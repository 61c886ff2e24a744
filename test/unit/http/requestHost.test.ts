import { createHostCheck, parseHost } from '../../../bot/http/requestHost';

const ours = (publicUrl: string, allowed?: string[]) => {
  const isOurs = createHostCheck(publicUrl, allowed);
  return (header: string, peer = '192.0.2.1') => isOurs(parseHost(header) ?? 'bad', peer);
};

test.each([
  ['https://keyturn.example.test', 'keyturn.example.test'],
  ['https://keyturn.example.test', 'keyturn.example.test:443'],
  ['https://keyturn.example.test:8443', 'keyturn.example.test'],
  ['https://keyturn.example.test', 'KEYTURN.Example.TEST'],
  ['https://keyturn.example.test', 'keyturn.example.test.'],
  ['https://keyturn.example.test.', 'keyturn.example.test'],
  ['https://keyturn.example.test.', 'keyturn.example.test.:443'],
  ['https://[2001:db8::1]', '[2001:DB8:0::1]:443'],
  ['https://192.0.2.7', '192.0.2.7:80'],
  ['https://schlüssel.example.test', 'xn--schlssel-95a.example.test'],
  ['https://keyturn_1.example.test', 'keyturn_1.example.test'],
])('for %s a proxy may write %s', (publicUrl, header) => {
  expect(ours(publicUrl)(header)).toBe(true);
});

test('accepts another name only when the settings allow it, and the machine’s own name only from the machine itself', () => {
  const isOurs = ours('https://keyturn.example.test', ['inner.example.test']);
  expect(isOurs('inner.example.test:8080')).toBe(true);
  expect(isOurs('keyturn.example.test.evil.example')).toBe(false);
  expect(isOurs('localhost')).toBe(false);
  expect(isOurs('localhost:3978', '127.0.0.1')).toBe(true);
  expect(isOurs('[::1]:3978', '::ffff:127.0.0.1')).toBe(true);
});

test.each(['xn--', 'xn--a', 'a.xn--', 'XN--0.example', 'xn--99999999', 'a b', '1.2.3.4.5', ''])(
  'reads a Host of %j as none, on every version of Node',
  (header) => expect(parseHost(header)).toBeUndefined(),
);
