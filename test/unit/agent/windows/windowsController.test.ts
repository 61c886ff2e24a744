import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { generate } from 'selfsigned';
import { type DomainController, PlatformFault } from '../../../../agent/ports';
import { accountPassword } from '../../../../agent/windows/accountPassword';
import { ensureLdapsCertificate, shownCertificate } from '../../../../agent/windows/certificate';
import { createWindowsPlatform } from '../../../../agent/windows/createWindowsPlatform';
import { directoryAccountOf } from '../../../../agent/windows/directoryAccount';
import { AgentTiming } from '../../../helpers/agent/agentTiming';
import {
  type PlayedAnswer,
  type PlayedPowershell,
  playPowershell,
} from '../../../helpers/agent/powershell/playedPowershell';

const NAME = { when: 'ToLowerInvariant() }', value: 'dc1.contoso.test' };
const MAKE = 'renewServerCertificate';
const ACCOUNT = 'SetPassword';

let played: PlayedPowershell;
afterEach(() => played?.remove());
const faultOf = (running: Promise<unknown>) =>
  running.then(
    () => undefined,
    (error) => (error instanceof PlatformFault ? { kind: error.kind, sentence: error.sentence } : error),
  );
const play = (...answers: PlayedAnswer[]) => {
  played = playPowershell(...answers);
  return played.powershell;
};
async function controllerWith(...answers: PlayedAnswer[]): Promise<DomainController> {
  const found = await createWindowsPlatform(
    'C:\\Windows\\System32',
    play(...answers, NAME),
  ).domainController();
  if (!found) throw new TypeError('a domain controller was played');
  return found;
}

describe('a domain controller', () => {
  it('knows its full name, and its own account for the agent', async () => {
    await expect(controllerWith()).resolves.toMatchObject({
      name: 'dc1.contoso.test',
      account: 'kt-dc1@contoso.test',
    });
    expect(directoryAccountOf('a-very-long-computer-name.corp.contoso.test')).toBe(
      'kt-a-very-long-com@corp.contoso.test',
    );
  });

  it('is not every server, and a server that does not answer is reported', async () => {
    await expect(
      createWindowsPlatform(
        'C:\\Windows\\System32',
        play({ when: 'DomainRole', value: null }),
      ).domainController(),
    ).resolves.toBeUndefined();
    played.remove();
    const silent = createWindowsPlatform(
      'C:\\Windows\\System32',
      play({ when: 'DomainRole', recording: 'constrainedLanguage' }),
    );
    await expect(faultOf(silent.domainController())).resolves.toMatchObject({ kind: 'files' });
  });
});

describe('the agent’s own account', () => {
  it('is made with a password that only standard input carries', async () => {
    const controller = await controllerWith({ when: ACCOUNT, value: true });
    const { made, password } = await controller.setAccount();
    const call = played.calls().at(-1);
    expect(made).toBe(true);
    expect(call?.input).toEqual({
      controller: 'dc1.contoso.test',
      name: 'kt-dc1',
      principal: 'kt-dc1@contoso.test',
      description: 'Keyturn: the agent on dc1.contoso.test reads users with this account.',
      password,
    });
    expect(call?.args.join(' ')).not.toContain(password);
    for (const part of ['a9d1ca15768811d1aded00c04fd8d5cd', '66048', "'keyturn: taken'"])
      expect(call?.script).toContain(part);
    expect(call?.script.indexOf('keyturn: taken')).toBeLessThan(call?.script.indexOf(ACCOUNT) ?? 0);
  });

  it('has a new password of 40 characters of every kind each time', () => {
    let next = 0;
    const counting = (below: number) => next++ % below;
    const password = accountPassword(counting);
    expect(password).toHaveLength(40);
    for (const kind of [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/]) expect(password).toMatch(kind);
    expect(accountPassword(counting)).not.toBe(password);
    expect(accountPassword(() => 0)).toMatch(/^aA2!a{36}$/);
  });

  it.each([
    [
      'accountTaken',
      'files',
      /There is an account kt-dc1 .* not touched\. Rename or remove it, or give another one with --account/,
    ],
    ['accountDenied', 'notAdministrator', /needs an administrator of the domain/],
    ['accountNoAccess', 'notAdministrator', /needs an administrator of the domain/],
    ['accountPolicy', 'files', /takes no password that the agent makes/],
    ['accountReferral', 'files', /Windows said: make 0x8007202B A referral was returned/],
  ])('says in words why it could not be made (%s)', async (recording, kind, sentence) => {
    const controller = await controllerWith({ when: ACCOUNT, recording });
    const fault = await faultOf(controller.setAccount());
    expect(fault).toEqual({ kind, sentence: expect.stringMatching(sentence) });
    expect(fault.sentence).not.toContain(String(played.calls().at(-1)?.input.password));
  });
});

describe('a certificate for LDAPS', () => {
  const inADay = (at: number) => at + 24 * 60 * 60_000;
  const SHOWN = { sha256: 'ab'.repeat(32), validTo: inADay(new AgentTiming().at) };

  it('is the one that the controller shows, not another one of its store', async () => {
    const made = await generate([{ name: 'commonName', value: 'dc1.contoso.test' }], { keyType: 'ec' });
    const server = createServer({ key: made.private, cert: made.cert }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const show = shownCertificate((server.address() as AddressInfo).port);
    const timing = new AgentTiming();
    timing.at = Date.now();
    const { fingerprint256 } = new X509Certificate(made.cert);
    await expect(ensureLdapsCertificate('dc1.contoso.test', play(), timing, show)).resolves.toEqual({
      made: false,
      sha256: fingerprint256.replaceAll(':', '').toLowerCase(),
    });
    expect(played.calls()).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
    await expect(show('dc1.contoso.test')).resolves.toBeUndefined();
  });

  it.each([
    ['shows none', undefined],
    ['shows one that has run out', { sha256: 'cd'.repeat(32), validTo: new AgentTiming().at - 1 }],
  ])('is made when the controller %s, which then shows the new one', async (_what, first) => {
    const timing = new AgentTiming(() => true);
    const shows = [first, first, first, SHOWN];
    const powershell = play({ when: MAKE, value: null });
    await expect(
      ensureLdapsCertificate('dc1.contoso.test', powershell, timing, async () => shows.shift()),
    ).resolves.toEqual({ made: true, sha256: SHOWN.sha256 });
    expect(played.calls().map(({ input }) => input)).toEqual([{ name: 'dc1.contoso.test' }]);
    expect(timing.slept).toEqual([5_000, 5_000]);
  });

  it('is reported after two minutes when the controller does not show it', async () => {
    const timing = new AgentTiming(() => true);
    const begun = timing.at;
    const ensured = ensureLdapsCertificate(
      'dc1.contoso.test',
      play({ when: MAKE, value: null }),
      timing,
      async () => undefined,
    );
    await expect(faultOf(ensured)).resolves.toMatchObject({
      sentence: expect.stringMatching(/does not show it yet/),
    });
    expect(timing.at - begun).toBe(120_000);
  });

  it.each([
    ['taskDenied', 'notAdministrator', /started as administrator/],
    ['dpapiForeign', 'files', /Request one from your certificate authority/],
  ])('says in words why it cannot be made (%s)', async (recording, kind, sentence) => {
    const powershell = play({ when: MAKE, recording });
    const ensured = ensureLdapsCertificate(
      'dc1.contoso.test',
      powershell,
      new AgentTiming(),
      async () => undefined,
    );
    await expect(faultOf(ensured)).resolves.toEqual({ kind, sentence: expect.stringMatching(sentence) });
  });
});
