import { agentSignatures } from '../../../bot/agents/agentSignatures';
import { createSigner } from '../../helpers/agent/agentSigner';

const claims = {
  aud: 'https://bot.test',
  iat: 1,
  exp: 2,
  jti: '22222222-0000-4000-8000-000000000000',
  method: 'POST',
  path: '/agents/v1/beat',
  body: 'hash',
};
const authorized = async (signer: Awaited<ReturnType<typeof createSigner>>, header = {}) =>
  `KeyturnAgent ${await signer.sign('agent-1', claims, header)}`;

test('reads what the key signed, and names the claimed signer', async () => {
  const signer = await createSigner();
  const authorization = await authorized(signer);
  expect(agentSignatures.signerOf(authorization)).toBe('agent-1');
  expect(await agentSignatures.read(authorization, signer.publicKey)).toEqual(claims);
});

test('reads nothing else', async () => {
  const [signer, other] = [await createSigner(), await createSigner()];
  const authorization = await authorized(signer);
  const [header, , signature] = authorization.split('.');
  const exchanged = Buffer.from(JSON.stringify({ ...claims, aud: 'x' })).toString('base64url');
  const read = (text: string | undefined, key = signer.publicKey) => agentSignatures.read(text, key);
  expect(await read(undefined)).toBeUndefined();
  expect(await read('')).toBeUndefined();
  expect(await read(authorization, other.publicKey)).toBeUndefined();
  expect(await read(`${header}.${exchanged}.${signature}`)).toBeUndefined();
  expect(await read(authorization.replace('KeyturnAgent', 'Bearer'))).toBeUndefined();
  expect(await read(`${authorization} x`)).toBeUndefined();
  expect(await read(await authorized(signer, { crit: ['exp'], exp: 1 }))).toBeUndefined();
  expect(await read(await authorized(signer, { typ: 'JWT' }))).toBeUndefined();
  expect(await read(authorization, { ...signer.publicKey, x: '_'.repeat(43) })).toBeUndefined();
  expect(agentSignatures.signerOf('KeyturnAgent ....')).toBeUndefined();
  expect(agentSignatures.signerOf('KeyturnAgent bnVsbA.e30.AA')).toBeUndefined();
});
