import { MongoClient } from 'mongodb';
import { checkTransport, serversOf } from '../../../storage/drivers/mongoTransport';

const check = (uri: string, servers?: string[]) => {
  const client = new MongoClient(uri);
  checkTransport(client, servers ?? serversOf(client));
};

test.each([
  'mongodb://localhost',
  'mongodb://LOCALHOST:27018',
  'mongodb://127.0.0.1,[::1]:27018',
  'mongodb://%2Ftmp%2Fmongodb-27017.sock/keyturn',
  'mongodb://db.example.test/?tls=true',
])('speaks to %s', (uri) => {
  expect(() => check(uri)).not.toThrow();
});

test.each([
  'mongodb://db.example.test',
  'mongodb://127.0.0.1,db.example.test',
  'mongodb://localhost.example.test',
  'mongodb://127.0.0.1.example.test',
  'mongodb://db.sock:27017',
  'mongodb+srv://db.example.sock/?tls=false',
  'mongodb://[::2]',
  'mongodb://db.example.test/?tls=true&tlsInsecure=true',
])('refuses %s, because others could read or answer', (uri) => {
  expect(() => check(uri)).toThrow('MONGODB_ALLOW_PLAIN');
});

test('refuses a server on this machine that names members elsewhere', () => {
  expect(() => check('mongodb://localhost', ['localhost:27017', 'db.example.test:27017'])).toThrow(
    'db.example.test',
  );
});
