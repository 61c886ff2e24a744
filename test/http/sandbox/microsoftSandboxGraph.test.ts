import { Client } from '@microsoft/microsoft-graph-client';
import { ROLES } from '../../../sandbox/microsoft/roles';
import { CLIENT_ID, graphRefusal } from '../../helpers/cloud/microsoftWorld';
import { EVENTUAL, FABRIKAM, NORTHWIND, useFabrikam } from '../../helpers/cloud/useMicrosoft';

const { world, tokenOf, ask } = useFabrikam();

describe('organization', () => {
  const synchronization = async (tenant: string) => {
    world.control.grantConsent(tenant);
    return (await world.graph(await tokenOf(tenant), '/organization')).json().value[0];
  };

  it('is the tenant of the token, with its verified domains', async () => {
    const [organization] = (await ask('/organization')).json().value;
    expect(organization).toMatchObject({ id: FABRIKAM, displayName: 'Fabrikam Manufacturing' });
    expect(organization?.verifiedDomains).toContainEqual(
      expect.objectContaining({ name: 'fabrikam.example', isDefault: true }),
    );
  });

  it('distinguishes the three states of synchronization, and leaves fields out in some tenants', async () => {
    const hybrid = await synchronization(FABRIKAM);
    expect(hybrid).toMatchObject({
      onPremisesSyncEnabled: true,
      onPremisesLastSyncDateTime: '2026-11-23T07:49:00Z',
      onPremisesLastPasswordSyncDateTime: '2026-11-23T07:58:00Z',
    });
    const noLonger = await synchronization('tailspintoys.example');
    expect(noLonger?.onPremisesSyncEnabled).toBe(false);
    expect(noLonger).not.toHaveProperty('onPremisesLastPasswordSyncDateTime');
    expect((await synchronization(NORTHWIND))?.onPremisesSyncEnabled).toBeNull();
    world.control.changeOrganization(NORTHWIND, { onPremisesSyncEnabled: undefined });
    expect(await synchronization(NORTHWIND)).not.toHaveProperty('onPremisesSyncEnabled');
  });

  it('gives what $select asks for', async () => {
    const { value } = (await ask('/organization?$select=displayName')).json();
    expect(value).toEqual([{ id: FABRIKAM, displayName: 'Fabrikam Manufacturing' }]);
  });
});

describe('users', () => {
  it('pages by an opaque link until every user came once', async () => {
    const seen: string[] = [];
    const token = await tokenOf(FABRIKAM);
    let url = `${world.graphUrl}/v1.0/users?$select=id&$top=50`;
    let pages = 0;
    while (url) {
      const page = (await world.call(url, { headers: { authorization: `Bearer ${token}` } })).json();
      seen.push(...page.value.map(({ id }) => String(id)));
      url = page['@odata.nextLink'] ?? '';
      pages += 1;
    }
    expect([pages, seen.length, new Set(seen).size]).toEqual([3, 126, 126]);
  });

  it('counts synced and cloud-only users; comparing with null is an advanced query', async () => {
    const count = async (filter: string) =>
      Number((await ask(`/users/$count?$filter=${encodeURIComponent(filter)}`, EVENTUAL)).text);
    expect(await count('onPremisesSyncEnabled eq true')).toBe(120);
    expect(await count('onPremisesSyncEnabled eq null')).toBe(6);
    expect(await count('onPremisesSyncEnabled ne true')).toBe(6);
    world.control.addUsers(FABRIKAM, 30, true);
    expect(await count('onPremisesSyncEnabled eq true')).toBe(150);
    const listed = await ask('/users?$top=1&$count=true&$filter=onPremisesSyncEnabled%20eq%20true', EVENTUAL);
    expect(listed.json()['@odata.count']).toBe(150);
  });

  it.each([
    ['/users/$count', 'Request_BadRequest'],
    ['/users?$filter=onPremisesSyncEnabled%20eq%20null', 'Request_UnsupportedQuery'],
    ['/users?$filter=onPremisesSyncEnabled%20ne%20true&$count=true', 'Request_UnsupportedQuery'],
    ['/users?$top=1000', 'Request_BadRequest'],
    ['/users?$skip=10', 'Request_BadRequest'],
    ['/users?$orderby=displayName', 'Request_BadRequest'],
    ['/users?$filter=displayName%20lt%205', 'Request_BadRequest'],
    ['/users?$skiptoken=made-up', 'Request_BadRequest'],
    ['/groups', 'BadRequest'],
  ])('refuses %s with %s', async (path, code) => {
    const answer = await ask(path);
    expect([answer.status, answer.json()]).toEqual([400, graphRefusal(code)]);
  });

  it('shows on-premises fields on demand only', async () => {
    const path = "/users?$filter=userPrincipalName%20eq%20'jonas.brandt@fabrikam.example'";
    expect((await ask(path)).json().value[0]).not.toHaveProperty('onPremisesSamAccountName');
    const [jonas] = (await ask(`${path}&$select=onPremisesSamAccountName,onPremisesDomainName`)).json().value;
    expect(jonas).toMatchObject({
      onPremisesSamAccountName: 'jonas.brandt',
      onPremisesDomainName: 'ad.fabrikam.example',
    });
  });

  it('gives every user a different name, also in a large tenant', async () => {
    world.control.addUsers(FABRIKAM, 800, false);
    const { value } = (await ask('/users?$top=999&$select=userPrincipalName')).json();
    expect(new Set(value.map(({ userPrincipalName }) => userPrincipalName)).size).toBe(926);
  });
});

describe('the service principal and its roles', () => {
  it('is found by application id, and its roles three ways', async () => {
    const direct = (await ask(`/servicePrincipals(appId='${CLIENT_ID}')?$select=id,appId`)).json();
    const listed = (await ask(`/servicePrincipals?$filter=appId%20eq%20'${CLIENT_ID}'`)).json();
    expect(listed.value[0]).toMatchObject({ id: direct.id, appId: CLIENT_ID, accountEnabled: true });
    const assigned = (
      await ask(`/roleManagement/directory/roleAssignments?$filter=principalId%20eq%20'${direct.id}'`)
    ).json();
    const ids = assigned.value.map(({ roleDefinitionId }) => roleDefinitionId);
    expect(ids.sort()).toEqual([ROLES.privilegedAuthenticationAdministrator, ROLES.userAdministrator].sort());
    const roles = (
      await ask(`/servicePrincipals/${direct.id}/transitiveMemberOf/microsoft.graph.directoryRole`)
    ).json();
    expect(roles.value.map(({ displayName }) => displayName)).toContain('User Administrator');
    expect((await ask("/servicePrincipals(appId='other')")).json()).toEqual(
      graphRefusal('Request_ResourceNotFound'),
    );
  });

  it('has no role in Alpine Ski House until somebody presses the button of the roles page', async () => {
    world.control.grantConsent('alpineski.example');
    const token = await tokenOf('alpineski.example');
    const { id } = (await world.graph(token, `/servicePrincipals(appId='${CLIENT_ID}')`)).json();
    const path = `/roleManagement/directory/roleAssignments?$filter=principalId%20eq%20'${id}'`;
    expect((await world.graph(token, path)).json().value).toEqual([]);
    const page = `${world.pagesUrl}/roles/alpineski.example`;
    expect((await world.call(page)).text).toContain('>Assign User Administrator</button>');
    expect((await world.call(page, { form: { answer: ROLES.userAdministrator } })).status).toBe(302);
    expect((await world.call(page, { form: { answer: ROLES.globalAdministrator } })).status).toBe(302);
    const { value } = (await world.graph(token, path)).json();
    expect(value).toEqual([
      expect.objectContaining({
        principalId: id,
        roleDefinitionId: ROLES.userAdministrator,
        directoryScopeId: '/',
      }),
    ]);
  });

  it('reads a person’s own roles with that person’s token', async () => {
    const rolesOf = async (username: string) => {
      const code = (await world.signIn(username, { scope: 'openid profile User.Read' })).get('code') ?? '';
      const { access_token } = (await world.redeem(code)).json();
      return (await world.graph(access_token, '/me/transitiveMemberOf/microsoft.graph.directoryRole')).json()
        .value;
    };
    expect(await rolesOf('marta.keller@fabrikam.example')).toEqual([
      expect.objectContaining({ roleTemplateId: ROLES.globalAdministrator }),
    ]);
    expect(await rolesOf('jonas.brandt@fabrikam.example')).toEqual([]);
    expect((await ask('/me/transitiveMemberOf/microsoft.graph.directoryRole')).status).toBe(400);
  });
});

it("Microsoft's own client follows the links", async () => {
  const token = await tokenOf(FABRIKAM);
  const client = Client.init({
    baseUrl: world.graphUrl,
    customHosts: new Set(['127.0.0.1']),
    authProvider: (done) => done(null, token),
    fetchOptions: {},
  });
  // The client builds the address; this test's trusted connection sends it.
  const asked: string[] = [];
  const trusted = jest.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    asked.push(String(input));
    const headers = Object.fromEntries(new Headers(init?.headers).entries());
    const answer = await world.call(String(input), { headers });
    return new Response(answer.text, {
      status: answer.status,
      headers: { 'content-type': 'application/json' },
    });
  });
  const first = await client.api('/users').top(100).select('id').get();
  const second = await client.api(first['@odata.nextLink']).get();
  trusted.mockRestore();
  expect([first.value.length, second.value.length, asked.length]).toEqual([100, 26, 2]);
});
