import { graphRefusal } from '../../helpers/cloud/microsoftWorld';
import { EVENTUAL, FABRIKAM, NORTHWIND, useFabrikam } from '../../helpers/cloud/useMicrosoft';

const { world, clock, tokenOf, ask } = useFabrikam();

describe('who may call', () => {
  it.each([
    ['Organization.Read.All,User.Read.All', '/organization'],
    ['User.Read.All', '/users'],
    ['User.Read.All', '/users/$count'],
    ['Application.Read.All', '/servicePrincipals'],
    ['RoleManagement.Read.Directory', '/roleManagement/directory/roleAssignments'],
  ])('without %s, %s is denied', async (missing, path) => {
    expect((await ask(path, EVENTUAL)).status).toBe(200);
    world.control.grantConsent(FABRIKAM, missing.split(','));
    const answer = await ask(path, EVENTUAL);
    expect([answer.status, answer.json()]).toEqual([403, graphRefusal('Authorization_RequestDenied')]);
  });

  it('a withdrawn consent leaves a token without any role', async () => {
    world.control.removeConsent(FABRIKAM);
    expect((await ask('/organization')).status).toBe(403);
  });

  it('refuses an expired, altered, foreign or missing token', async () => {
    const token = await tokenOf(FABRIKAM);
    const code = (await world.signIn('marta.keller@fabrikam.example')).get('code') ?? '';
    const { id_token } = (await world.redeem(code)).json();
    const [header, , signature] = token.split('.');
    const claims = Buffer.from(JSON.stringify({ tid: NORTHWIND })).toString('base64url');
    for (const bad of [`${header}.${claims}.${signature}`, id_token, 'x', '']) {
      const answer = await world.graph(bad, '/organization');
      expect([answer.status, answer.json()]).toEqual([401, graphRefusal('InvalidAuthenticationToken')]);
    }
    clock.advance(3_600_000);
    expect((await world.graph(token, '/organization')).status).toBe(401);
  });
});

describe('bad days', () => {
  it('throttles as often as planned, without affecting the other calls', async () => {
    world.control.failNext(
      { kind: 'throttled', retryAfterSeconds: 3 },
      { surface: 'graph', path: '/users', times: 2 },
    );
    expect((await ask('/organization')).status).toBe(200);
    for (let call = 0; call < 2; call += 1) {
      const answer = await ask('/users');
      expect([answer.status, answer.headers['retry-after'], answer.json()]).toEqual([
        429,
        '3',
        graphRefusal('TooManyRequests'),
      ]);
    }
    expect((await ask('/users')).status).toBe(200);
  });

  it('is unavailable, answers HTML, or half a body', async () => {
    world.control.failNext({ kind: 'unavailable' }, { surface: 'graph' });
    expect((await ask('/users')).status).toBe(503);
    world.control.failNext({ kind: 'html' }, { surface: 'graph' });
    expect((await ask('/users')).text).toContain('<!doctype html>');
    world.control.failNext({ kind: 'truncated' }, { surface: 'graph' });
    const half = await ask('/users');
    expect(() => half.json()).toThrow(SyntaxError);
  });

  it('nobody waits after it stops', async () => {
    const token = await tokenOf(FABRIKAM);
    const hold = world.control.holdNext({ surface: 'graph' });
    const waiting = expect(world.graph(token, '/users')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await hold.arrived;
    await world.stop();
    await waiting;
  });

  it('records requests, without tokens or codes', async () => {
    await ask("/users?$filter=userType%20eq%20'Member'");
    await world.signIn('marta.keller@fabrikam.example');
    expect(world.control.requests()).toEqual([
      { method: 'POST', path: `/${FABRIKAM}/oauth2/v2.0/token` },
      { method: 'GET', path: "/v1.0/users?$filter=userType eq 'Member'" },
      { method: 'POST', path: '/organizations/oauth2/v2.0/authorize' },
    ]);
    world.control.clearRequests();
    expect(world.control.requests()).toEqual([]);
  });
});
