import type { Entry } from 'ldapts';
import { guidOf, sidOf } from '../../../../agent/directory/binaryIds';
import { passwordMetadataOf } from '../../../../agent/directory/passwordMetadata';
import { seenUserOf } from '../../../../agent/directory/seenUser';
import { bytesOfGuid } from '../../../../domain/agentProtocol/directoryUser';

const GUID = 'f1672802-ebb3-f744-a152-c471e054e43f';
/** S-1-5-32-544, as Microsoft documents it. */
const ADMINISTRATORS = Buffer.from('01020000000000052000000020020000', 'hex');

const entryOf = (more: Record<string, unknown> = {}): Entry => ({
  dn: 'CN=ada,CN=Users,DC=contoso,DC=test',
  objectGUID: bytesOfGuid(GUID),
  sAMAccountName: 'ada',
  distinguishedName: 'CN=ada,CN=Users,DC=contoso,DC=test',
  userAccountControl: '512',
  pwdLastSet: '134398853398703140',
  uSNChanged: '4711',
  ...(more as object),
});

/** A vector of version 1 with these attributes: id, version, seconds since 1601. */
function metadataOf(...attributes: [id: number, version: number, seconds: bigint][]): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32LE(1, 0);
  head.writeUInt32LE(attributes.length, 8);
  const entries = attributes.map(([id, version, seconds]) => {
    const entry = Buffer.alloc(48);
    entry.writeUInt32LE(id, 0);
    entry.writeUInt32LE(version, 4);
    entry.writeBigUInt64LE(seconds, 8);
    return entry;
  });
  return Buffer.concat([head, ...entries]);
}

describe('ids', () => {
  it('turns a GUID into bytes and back', () => expect(guidOf(bytesOfGuid(GUID))).toBe(GUID));
  it('does not change the bytes it reads', () => {
    const bytes = bytesOfGuid(GUID);
    guidOf(bytes);
    expect(guidOf(bytes)).toBe(GUID);
  });
  it('reads a SID', () => expect(sidOf(ADMINISTRATORS)).toBe('S-1-5-32-544'));
  it('reads no SID from half of its bytes', () =>
    expect(sidOf(ADMINISTRATORS.subarray(0, 12))).toBeUndefined());
});

describe('the metadata of a password', () => {
  const CLOCK = 13_439_885_339n;
  it('comes only from unicodePwd', () => {
    const blob = metadataOf([0x90037, 9, 1n], [0x9005a, 4, CLOCK], [0x90060, 7, 2n]);
    expect(passwordMetadataOf(blob)).toEqual({ version: 4, changedAt: Date.UTC(2026, 10, 23, 5, 28, 59) });
  });
  it('is version 0 if there never was a password', () =>
    expect(passwordMetadataOf(metadataOf([0x90037, 1, 1n]))).toEqual({ version: 0, changedAt: 0 }));
  it.each([
    ['cut off', metadataOf([0x9005a, 4, CLOCK]).subarray(0, 50)],
    ['of another version', Buffer.concat([Buffer.from([2]), metadataOf([0x9005a, 4, CLOCK]).subarray(1)])],
    ['empty', Buffer.alloc(0)],
  ])('is not guessed from a blob that is %s', (_what, blob) =>
    expect(passwordMetadataOf(blob)).toBeUndefined(),
  );
});

describe('a row of the directory', () => {
  it('is a user, even without the attributes that the account may not read', () => {
    const metadata = metadataOf([0x9005a, 4, 13_439_885_339n]);
    const seen = seenUserOf(
      entryOf({ pwdLastSet: [], replPropertyMetaData: metadata, mail: [], memberOf: [] }),
    );
    expect(seen).toEqual({
      usn: 4711n,
      password: { version: 4, changedAt: Date.UTC(2026, 10, 23, 5, 28, 59) },
      user: {
        objectGuid: GUID,
        samAccountName: 'ada',
        distinguishedName: 'CN=ada,CN=Users,DC=contoso,DC=test',
        userAccountControl: 512,
        pwdLastSet: '0',
        memberOf: [],
      },
    });
  });

  it.each([
    ['objectGUID', []],
    ['objectGUID', Buffer.alloc(15)],
    ['pwdLastSet', []],
    ['pwdLastSet', '-1'],
  ])('is no user without what tells a reset: %s', (name, value) =>
    expect(seenUserOf(entryOf({ [name]: value }))).toBeUndefined(),
  );

  it.each<[string, unknown, object]>([
    ['objectSid', Buffer.from('0102', 'hex'), { objectSid: undefined }],
    ['objectSid', Buffer.from([1, 200, ...Buffer.alloc(806, 255)]), { objectSid: undefined }],
    ['mS-DS-ConsistencyGuid', Buffer.alloc(100), { consistencyGuid: undefined }],
    ['sAMAccountName', 'x'.repeat(300), { samAccountName: `${'x'.repeat(255)}…` }],
    ['sAMAccountName', ['a\0da\ud800', 'second'], { samAccountName: 'a\ufffdda\ufffd' }],
    ['sAMAccountName', [], { samAccountName: GUID }],
    ['displayName', `${'x'.repeat(1022)}😀😀`, { displayName: `${'x'.repeat(1022)}\ufffd…` }],
    ['mail', `${'x'.repeat(1025)}@contoso.test`, { mail: undefined }],
    ['userPrincipalName', 'x'.repeat(1025), { userPrincipalName: undefined }],
    ['lockoutTime', '-1', { lockoutTime: undefined }],
    ['userAccountControl', 'many', { userAccountControl: 512 }],
    ['adminCount', 'many', { adminCount: 1 }],
    ['primaryGroupID', 'many', { privileged: undefined }],
    ['uSNChanged', [], {}],
    ['distinguishedName', [], { distinguishedName: 'CN=ada,CN=Users,DC=contoso,DC=test' }],
    ['memberOf', [`CN=${'x'.repeat(4245)}`, 'CN=Sales'], { memberOf: ['CN=Sales'] }],
  ])('with a strange %s is still a user, and the other values stay', (name, value, user) =>
    expect(seenUserOf(entryOf({ [name]: value }))?.user).toMatchObject({
      objectGuid: GUID,
      pwdLastSet: '134398853398703140',
      ...user,
    }),
  );

  it('with too long a distinguished name keeps its own name and its domain', () => {
    const name = `CN=Brandt\\, Jonas,${'OU=Müller\\, Söhne,'.repeat(300)}DC=contoso,DC=test`;
    const cut = seenUserOf(entryOf({ distinguishedName: name }))?.user.distinguishedName ?? '';
    expect(cut).toMatch(/^CN=Brandt\\, Jonas,…,OU=Müller\\, Söhne,.*,DC=contoso,DC=test$/);
    expect(cut.length).toBeLessThanOrEqual(4096);
    expect(cut.length).toBeGreaterThan(4000);
  });

  it.each<[string, Record<string, unknown>]>([
    [
      'the name of Domain Admins is too long',
      { memberOf: [`CN=Domain Admins,${'OU=x,'.repeat(900)}DC=test`] },
    ],
    ['a group that is privileged by its SID has too long a name', { memberOf: [`CN=${'v'.repeat(4500)}`] }],
    ['the list of groups goes on after what the controller shows', { 'memberOf;range=0-1499': ['CN=Sales'] }],
  ])('is privileged when %s', (_what, more) => {
    const groups = new Set([`cn=${'v'.repeat(4500)}`]);
    expect(seenUserOf(entryOf(more), groups)?.user.privileged).toBe(true);
  });

  it('with too many groups keeps the privileged ones, also from a range', () => {
    const many = Array.from({ length: 1499 }, (_, n) => `CN=Group ${n},DC=contoso,DC=test`);
    const admins = 'CN=Domain Admins,CN=Users,DC=contoso,DC=test';
    const groups = seenUserOf(entryOf({ 'memberOf;range=0-1499': [...many, admins], memberOf: [] }))?.user
      .memberOf;
    expect(groups).toHaveLength(200);
    expect(groups?.[0]).toBe(admins);
  });

  it.each<[string, Record<string, unknown>, boolean | undefined]>([
    [
      'a group that is privileged by its SID',
      { memberOf: ['CN=Verwalter,CN=Users,DC=contoso,DC=test'] },
      true,
    ],
    ['another group', { memberOf: ['CN=Vertrieb,CN=Users,DC=contoso,DC=test'] }, undefined],
    ['Domain Admins as the primary group', { primaryGroupID: '512' }, true],
    ['Domain Users as the primary group', { primaryGroupID: '513' }, undefined],
  ])('of %s', (_what, more, privileged) => {
    const groups = new Set(['cn=verwalter,cn=users,dc=contoso,dc=test']);
    expect(seenUserOf(entryOf(more), groups)?.user.privileged).toBe(privileged);
  });

  it('with too many groups keeps those that are privileged by their SID, too', () => {
    const admins = 'CN=Verwalter,CN=Users,DC=contoso,DC=test';
    const many = Array.from({ length: 300 }, (_, n) => `CN=Group ${n},DC=contoso,DC=test`);
    const seen = seenUserOf(entryOf({ memberOf: [...many, admins] }), new Set([admins.toLowerCase()]));
    expect(seen?.user.memberOf[0]).toBe(admins);
  });
});
