import { parseHuduHost, parseItGlueRegion } from '../../../domain/integrations/parseAddress';

const sentenceOf = (parse: () => string): string => {
  try {
    return `accepted as ${parse()}`;
  } catch (error) {
    return (error as { code: string; sentence: string }).code === 'invalidInput'
      ? (error as { sentence: string }).sentence
      : `another error: ${error}`;
  }
};

describe('the host of a Hudu', () => {
  test.each([
    ['docs.example.com', 'docs.example.com'],
    ['  Docs.Example.COM ', 'docs.example.com'],
    ['docs.example.com.', 'docs.example.com'],
    ['dokümente.example.de', 'xn--dokmente-85a.example.de'],
    ['a-b.c1.example.io', 'a-b.c1.example.io'],
    ['https://docs.example.com', 'docs.example.com'],
    ['http://docs.example.com', 'docs.example.com'],
    ['HTTPS://docs.example.com/', 'docs.example.com'],
    ['docs.example.com/companies?page=1', 'docs.example.com'],
    ['https://docs.example.com:443/companies/7#top', 'docs.example.com'],
  ])('%p is %s', (typed, host) => {
    expect(parseHuduHost(typed)).toBe(host);
  });

  test.each([
    'docs.example.com:8443',
    'https://key@docs.example.com',
    'https://:key@docs.example.com',
    'https://hudu.example.org@docs.example.com/companies',
    'docs.example.com\\x',
  ])('suggests the host alone for %p', (typed) => {
    expect(sentenceOf(() => parseHuduHost(typed))).toBe(
      'Please type only the host, without a name before it or a port behind it: docs.example.com',
    );
  });

  test.each([
    'localhost',
    '127.0.0.1',
    '1.1.1.1',
    '2130706433',
    '0x7f.1',
    '[::1]',
    '::1',
    'docs',
    'docs example.com',
    'docs..example.com',
    '-docs.example.com',
    'docs_1.example.com',
    'ftp://docs.example.com',
    'javascript:alert(1)',
    `${'a'.repeat(64)}.example.com`,
    `${'a.'.repeat(130)}com`,
    'docs.example.com\nx',
  ])('refuses %p', (typed) => {
    expect(sentenceOf(() => parseHuduHost(typed))).toMatch(/^That is not a host name\./);
  });

  test('is required', () => {
    expect(sentenceOf(() => parseHuduHost(' '))).toMatch(/^Please type the host of your Hudu/);
  });

  test.each([
    ['hudu', 'hudu'],
    ['localhost:3443', 'localhost:3443'],
    ['10.0.0.7', '10.0.0.7'],
    ['127.0.0.1:8443', '127.0.0.1:8443'],
    ['[::1]:8443', '[::1]:8443'],
    ['hudu.corp.local:443', 'hudu.corp.local'],
  ])('%p may be used where private networks are allowed', (typed, host) => {
    expect(parseHuduHost(typed, { allowPrivate: true })).toBe(host);
  });

  test('is only a host, also where private networks are allowed', () => {
    expect(parseHuduHost('https://hudu:8443/x', { allowPrivate: true })).toBe('hudu:8443');
    expect(sentenceOf(() => parseHuduHost('https://key@hudu:8443', { allowPrivate: true }))).toBe(
      'Please type only the host, without a name before it: hudu:8443',
    );
  });
});

describe('the region of IT Glue', () => {
  test('is one of three, in any case', () => {
    expect(['us', ' EU ', 'Au'].map(parseItGlueRegion)).toEqual(['us', 'eu', 'au']);
  });

  test.each(['', 'uk', 'https://api.eu.itglue.com'])('%p is none', (typed) => {
    expect(sentenceOf(() => parseItGlueRegion(typed))).toContain('US, EU and AU');
  });
});
