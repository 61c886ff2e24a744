import {
  MongoClient,
  MongoCompatibilityError,
  MongoNetworkError,
  MongoServerError,
  MongoServerSelectionError,
  type TopologyDescription,
} from 'mongodb';
import { sentenceOf } from '../../../storage/drivers/mongoFault';

const client = new MongoClient('mongodb://keyturn:p%40ss-w0rd@db.example.test/?tls=true');
const told = (error: Parameters<typeof sentenceOf>[0]) =>
  sentenceOf(error, client, 'db.example.test:27017', 'keyturn');
const selection = (error: Error) =>
  new MongoServerSelectionError('timed out', {
    servers: new Map([['db.example.test:27017', { error }]]),
  } as unknown as TopologyDescription);
const network = (code: string) =>
  new MongoNetworkError('failed', { cause: Object.assign(new Error(code), { code }) });

test.each([
  [
    'a quota',
    new MongoServerError({
      message: 'you are over your space quota',
      code: 8000,
      codeName: 'AtlasError',
    }),
    'refuses: “you are over your space quota” (AtlasError 8000)',
  ],
  [
    'an answer while it was selected',
    selection(new MongoServerError({ message: 'not yet', code: 11600 })),
    'refuses: “not yet” (code 11600)',
  ],
  [
    'an old server',
    new MongoCompatibilityError('Server reports maximum wire version 4'),
    'refuses: “Server reports maximum wire version 4”',
  ],
  ['nobody there', selection(network('ECONNREFUSED')), 'cannot be reached (ECONNREFUSED)'],
  [
    'an unknown authority',
    selection(network('SELF_SIGNED_CERT_IN_CHAIN')),
    'a certificate that is not trusted (SELF_SIGNED_CERT_IN_CHAIN)',
  ],
  ['silence', selection(new MongoNetworkError('timed out')), 'cannot be reached. Check'],
  [
    'a wrong password',
    new MongoServerError({ message: 'x', code: 18 }),
    'refused the user name or the password',
  ],
  ['a missing right', new MongoServerError({ message: 'x', code: 13 }), 'may not use the database keyturn'],
])('%s: the sentence says so', (_what, error, sentence) => {
  expect(told(error)).toContain(sentence);
});

test('the words of a server are shown without credentials, on one line, and cut', () => {
  const errmsg = `keyturn\nof mongodb://keyturn:p%40ss-w0rd@db.example.test/ with p@ss-w0rd${'x'.repeat(1_000)}`;
  const sentence = told(new MongoServerError({ message: errmsg, code: 1 }));
  expect(sentence).not.toMatch(/w0rd|\n/);
  expect(sentence).toContain('mongodb://db.example.test/');
  expect(sentence.length).toBeLessThan(400);
});
