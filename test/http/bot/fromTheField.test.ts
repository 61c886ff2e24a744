import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLdapDirectory } from '../../../agent/directory/ldapDirectory';
import { createResetLog } from '../../../agent/windows/resetLog';
import { createSecurityLog } from '../../../agent/windows/securityLog';
import { createSignInProvider } from '../../../connectors/graph/createSignInProvider';
import { createTenantDirectory } from '../../../connectors/graph/createTenantDirectory';
import { createOrganizationSources } from '../../../connectors/organizationSources';
import { sameness } from '../../../domain/organizations/match';
import { shapeOf } from '../../../domain/organizations/nameShape';
import { playPowershell } from '../../helpers/agent/powershell/playedPowershell';
import { quietLog, Watcher } from '../../helpers/agent/watchWorld';
import { addsCustomer } from '../../helpers/botWorld/customers';
import type { Conversation } from '../../helpers/botWorld/seat';
import { useSite } from '../../helpers/botWorld/useSite';
import { REDIRECT_URI } from '../../helpers/cloud/microsoftWorld';
import { PLAYED_TENANT, startPlayedMicrosoft } from '../../helpers/cloud/playedMicrosoft';
import { OWN_TENANT_ID } from '../../helpers/cloud/signInWorld';
import { PlayedLdap, playedUser } from '../../helpers/directory/playedLdap';
import { startVendorServer } from '../../helpers/vendors/vendorServer';

const FOLDER = join(__dirname, '../../fixtures/field');
const files = readdirSync(FOLDER);
const read = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));

/**
 * What people reported from the field, unchanged; each file says what the bot should do, or the heading
 * below does.
 */
const cases: Record<string, (input: ReturnType<typeof read>) => Promise<void>> = {
  '01-installation-upgrade.json': async (activity) => {
    const { seat, does } = teams(activity);
    await seat.installs();
    await does();
    expect(await referenceOf(seat.conversation.id)).toMatchObject({ installed: true });
  },
  '02-event-4723-by-another.json': async ({ xml }) =>
    expect(await whoReset(xml, 'S-1-5-21-1-2-3-1102', 'jonas.brandt')).toMatchObject(BY_ADMINISTRATOR),
  '03-graph-empty-pages.json': async ({ body }) => {
    const path = '/v1.0/roleManagement/directory/roleAssignments';
    const nextLink = body['@odata.nextLink'].replace('https://GRAPH', `${microsoft.settings.graphUrl}/v1.0`);
    let page = 0;
    microsoft.server.playAt(path, (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ...body, '@odata.nextLink': nextLink.replace(/N$/, String(++page)) }));
    });
    const outcome = await createTenantDirectory(microsoft.settings).check(PLAYED_TENANT, 'directoryRole');
    expect(outcome).toMatchObject({ finding: expect.stringContaining('did not come to an end') });
    expect(page).toBeLessThanOrEqual(50);
  },
  '04-token-invalid-client-7000229.json': async (answer) => {
    microsoft.token(answer);
    expect(await tokenCheck()).toMatchObject({ consentLost: true });
    expect(await createTenantDirectory(microsoft.settings).hasConsent(PLAYED_TENANT)).toBe(false);
  },
  '05-ldap-empty-page.json': async ({ pages }) => {
    const ldap = await new PlayedLdap().open();
    const { url, pin } = ldap;
    const directory = createLdapDirectory(
      { url, pin, account: 'CONTOSO\\reader', password: 'R-1' },
      quietLog,
    );
    const watcher = new Watcher(directory);
    const played = (more: Record<string, string>) =>
      pages.map(({ entries, cookie }: { entries: string[]; cookie: string }) => ({
        entries: entries.map((name) => playedUser(name, name === 'user3' ? more : {})),
        cookie,
      }));
    ldap.pages = played({});
    await watcher.look();
    ldap.usn += 1;
    ldap.pages = played({ pwdLastSet: '134399853398703140' });
    expect(await watcher.look()).toMatchObject([{ user: { samAccountName: 'user3' } }]);
    await watcher.close();
    ldap.close();
  },
  '06-token-429-text.json': async (answer) => {
    microsoft.token(answer);
    microsoft.token(answer, 'organizations');
    expect(await tokenCheck()).toMatchObject({
      finding: 'Microsoft did not answer in time.',
      cure: expect.stringMatching(/^Test again in/),
    });
    await expect(redeem()).rejects.toMatchObject({ refusal: 'unavailable' });
  },
  '07-quoted-reply.json': showsCustomers,
  '08-html-only-message.json': showsCustomers,
  '09-from-name-null.json': showsCustomers,
  '10-hudu-403-html.json': async (answer) => {
    const hudu = await playedHudu(answer);
    for (const asked of [hudu.test(), hudu.page()])
      await expect(asked).rejects.toMatchObject({ refusal: 'webPage' });
  },
  '11-tenant-blocked-5000225.json': async (answer) => {
    const blocked = { finding: expect.stringContaining('has blocked this whole tenant') };
    for (const error of [answer.body.error, 'invalid_grant']) {
      microsoft.token({ ...answer, body: { ...answer.body, error } });
      expect(await tokenCheck()).toMatchObject(blocked);
      expect(refusedWith({ ...answer.body, error })).toBe('tenantBlocked');
    }
  },
  '12-consent-refusals.json': async ({ queries }) => {
    const refusals: Record<string, string> = {
      declined: 'declined',
      'which account was used': 'wrongAccount',
      'a policy of the customer blocks it': 'delegatedAdminBlocked',
    };
    expect(queries.map(refusedWith)).toEqual(
      queries.map(({ expected }: { expected: string }) => refusals[expected]),
    );
  },
  '13-timezone-in-entities.json': async (activity) => {
    const { card } = await teams(activity).does();
    expect(JSON.stringify(card)).toContain('Europe/Vienna');
  },
  '14-removed-by-stranger.json': async (activity) => {
    const { seat, does } = teams(activity);
    await world.seat(world.site.ada, seat.conversation).installs();
    const { lookups } = world.site.teams;
    expect((await does()).messages).toHaveLength(0);
    expect(await referenceOf(seat.conversation.id)).toMatchObject({ installed: false });
    expect(world.site.teams.lookups).toBe(lookups);
  },
  '15-user-name-with-dollar.json': async ({ xml }) =>
    expect(await whoReset(xml, 'S-1-5-21-1-2-3-1107', 'hack168$')).toMatchObject(BY_ADMINISTRATOR),
  '16-retry-after-zero.json': async (answer) => {
    for (const wait of [answer.headers['retry-after'], '1.5']) {
      const hudu = await playedHudu({ ...answer, headers: { 'retry-after': wait } });
      await expect(hudu.page()).rejects.toMatchObject({
        refusal: 'throttled',
        detail: expect.stringMatching(/^[1-9]/),
      });
    }
  },
  '17-ltd-limited-wording.json': async ({ companies: [one, other] }) =>
    expect(sameness(shapeOf(one.name), shapeOf(other.name))).toMatch(/but for how the legal form is written/),
  '18-json-with-bom.json': async (answer) => {
    const { organizations } = await (await playedHudu(answer)).page();
    expect(organizations).toMatchObject([{ id: '1', name: 'A' }]);
  },
};

const world = useSite();
let microsoft: Awaited<ReturnType<typeof startPlayedMicrosoft>>;
let vendor: Awaited<ReturnType<typeof startVendorServer>>;
beforeEach(async () => {
  microsoft = await startPlayedMicrosoft();
  vendor = await startVendorServer();
});
afterEach(() => Promise.all([microsoft.server.close(), vendor.close()]));

it.each(files)('the bot understands %s', async (file) => {
  expect(Object.keys(cases)).toContain(file);
  await cases[file]?.(read(file));
});

it('a test uses every file from the field', () => {
  expect(Object.keys(cases)).toEqual(files);
});

/**
 * The person who posted it, in the conversation where it was posted; tenant and admin are those of this
 * site.
 */
function teams(activity: object) {
  const { ada } = world.site;
  const text = JSON.stringify(activity)
    .replaceAll('7f3c5c1e-5d0b-4b57-9a53-0d7c6a1f1f01', OWN_TENANT_ID)
    .replaceAll('7f3c5c1e-5d0b-4b57-9a53-000000000001', ada.id ?? '')
    .replaceAll('29:ada', ada.channelId);
  const sent = JSON.parse(text);
  const conversation: Conversation = { id: sent.conversation.id, kind: sent.conversation.conversationType };
  const who = sent.from.id === ada.channelId ? ada : { ...world.site.ned, channelId: sent.from.id };
  const seat = world.seat(who, conversation);
  return { seat, does: () => seat.does(sent) };
}

async function showsCustomers(activity: object): Promise<void> {
  await addsCustomer(world.seat(world.site.ada), 'Contoso');
  const { messages, text } = await teams(activity).does();
  expect(messages).toHaveLength(1);
  expect(text).toContain('Contoso');
  expect(text).not.toContain('Did you mean');
}

const referenceOf = async (id: string) => (await world.bot.stores.references.get(id))?.value;

const BY_ADMINISTRATOR = { how: 'reset', by: { name: 'administrator', domain: 'FABRIKAM' } };

async function whoReset(xml: string, objectSid: string, samAccountName: string) {
  const played = playPowershell({ when: 'DomainRole', value: true }, { when: 'EventID=4723', value: [xml] });
  const at = Date.parse('2026-11-30T13:38:36.511Z');
  const log = createResetLog(createSecurityLog(played.powershell), () => at + 1500);
  const who = await log.whoReset({ objectSid, samAccountName }, at);
  played.remove();
  return who;
}

const tokenCheck = () => createTenantDirectory(microsoft.settings).check(PLAYED_TENANT, 'token');
const refusedWith = (query: { error?: string; error_description?: string }) =>
  createSignInProvider(microsoft.settings).refused(query).refusal;
const redeem = () =>
  createSignInProvider(microsoft.settings).redeem({
    code: 'code',
    verifier: 'w'.repeat(43),
    nonce: 'nonce',
    redirectUri: REDIRECT_URI,
  });

async function playedHudu(answer: object) {
  vendor.play(answer);
  const nobody = 'https://127.0.0.1:1';
  return createOrganizationSources({
    clock: world.site.clock,
    allowPrivate: true,
    itGlueUrls: { us: nobody, eu: nobody, au: nobody },
    timing: { random: () => 1, sleep: async () => undefined },
  }).of({ kind: 'hudu', address: `127.0.0.1:${vendor.port}` }, 'key');
}
