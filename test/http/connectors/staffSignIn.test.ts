import { createStaffSignIn } from '../../../connectors/graph/createStaffSignIn';
import { hashOf } from '../../../domain/links/oneTime';
import { MSP_TENANT_ID, TECHNICIAN } from '../../../sandbox/playgroundConfig';
import { openGraphWorld, pickOn } from '../../helpers/cloud/graphWorld';
import { REDIRECT_URI } from '../../helpers/cloud/microsoftWorld';

const VERIFIER = 'w'.repeat(43);
let graph: Awaited<ReturnType<typeof openGraphWorld>>;
beforeEach(async () => {
  graph = await openGraphWorld();
});
afterEach(() => graph.world.close());

const staff = () => createStaffSignIn(graph.settings, MSP_TENANT_ID);
const begin = () =>
  staff().authorizeUrl({
    state: 'state',
    nonce: 'nonce',
    challenge: hashOf(VERIFIER),
    redirectUri: REDIRECT_URI,
  });
const redeem = (code: string, nonce = 'nonce') =>
  staff().redeem({ code, verifier: VERIFIER, nonce, redirectUri: REDIRECT_URI });

test('asks the MSP’s own tenant who the person is, and asks for no permission and no refresh token', async () => {
  const url = new URL(await begin());
  expect(url.pathname).toBe(`/${MSP_TENANT_ID}/oauth2/v2.0/authorize`);
  expect(url.searchParams.get('scope')?.split(' ').sort()).toEqual(['openid', 'profile']);
  const back = await pickOn(graph.world, url.href, 'alex.wilber@msp.example');
  expect(await redeem(back.searchParams.get('code') ?? '')).toEqual({
    tenantId: MSP_TENANT_ID,
    objectId: TECHNICIAN.objectId,
    username: 'alex.wilber@msp.example',
  });
  const asked = graph.world.control.requests().flatMap(({ scope }) => scope ?? []);
  expect(asked.map((scope) => scope.split(' ').sort())).toEqual([['openid', 'profile']]);
});

test('people of another tenant cannot sign in there, and an answer to another question is refused', async () => {
  const url = await begin();
  const foreign = await pickOn(graph.world, url, 'nancy.davolio@northwindtraders.example');
  expect(foreign.searchParams.get('code')).toBeNull();
  expect(staff().refused(Object.fromEntries(foreign.searchParams)).refusal).toBe('wrongAccount');
  const back = await pickOn(graph.world, url, 'megan.bowen@msp.example');
  await expect(redeem(back.searchParams.get('code') ?? '', 'another')).rejects.toMatchObject({
    refusal: 'other',
  });
});
