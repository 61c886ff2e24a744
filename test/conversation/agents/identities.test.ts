import { domainOf } from '../../../domain/accounts/directoryAccount';
import type { AgentHealth } from '../../../domain/agentProtocol/health';
import { worsened } from '../../../domain/agents/degraded';
import { resetEventId } from '../../../domain/events/eventId';
import { reset } from '../../helpers/bot/servingWorld';

test.each([
  ['CN=Meyer\\, DC=x,OU=Staff,DC=Contoso,DC=Test', 'dc=contoso,dc=test'],
  ['DC=contoso,DC=test', 'dc=contoso,dc=test'],
  ['CN=nowhere', ''],
])('knows the domain of %s', (name, domain) => {
  expect(domainOf(name)).toBe(domain);
});

test('a reset’s id is made of its version, else its time, else the earlier state, else the agent’s id', () => {
  const told = reset(1, 1_000_000);
  const id = (password: object, more: object = {}) =>
    resetEventId('contoso', { ...told, password: { pwdLastSet: '0', ...password }, ...more });
  const another = { id: 'another', seenAt: 5 };
  expect(id({ version: 3 })).toBe(id({ version: 3, pwdLastSet: '7' }, another));
  expect(id({ pwdLastSet: '7' })).toBe(id({ pwdLastSet: '7' }, another));
  expect(id({ before: '7' })).toBe(id({ before: '7' }, another));
  expect(id({})).toBe(id({}));
  const all = [id({ version: 3 }), id({ version: 4 }), id({ pwdLastSet: '7' }), id({ before: '7' }), id({})];
  expect(new Set([...all, id({}, another)]).size).toBe(6);
});

describe('a worse state of an agent', () => {
  const health = (directory: string, connect: string) =>
    ({
      directory: { state: directory },
      connect: { state: connect },
      eventLog: { state: 'read' },
    }) as AgentHealth;
  const parts = (...of: Parameters<typeof worsened>) => worsened(...of).findings.map(({ part }) => part);

  it('is told once for each part, and the part is forgotten when it is well again', () => {
    const first = worsened(undefined, health('unreachable', 'staging'));
    expect(first.findings.map(({ part, state }) => [part, state])).toEqual([
      ['directory', 'unreachable'],
      ['connect', 'staging'],
    ]);
    expect(parts(first.said, health('unreachable', 'unknown'))).toEqual([]);
    expect(parts(first.said, health('refused', 'staging'))).toEqual(['directory']);
    expect(worsened(first.said, health('reading', 'ready'))).toEqual({ findings: [] });
    expect(worsened(first.said, health('reading', 'unknown')).said).toEqual({ connect: 'staging' });
  });

  it('is told when Microsoft Entra Connect does not answer', () => {
    const hangs = health('reading', 'unknown');
    hangs.connect.finding = 'Microsoft Entra Connect did not answer in time.';
    const { said, findings } = worsened(undefined, hangs);
    expect(findings).toEqual([{ part: 'connect', state: 'unknown', finding: hangs.connect.finding }]);
    expect(worsened(said, hangs).findings).toEqual([]);
    expect(parts(said, health('reading', 'ready'))).toEqual([]);
  });

  it.each([
    ['notInstalled', ['directory']],
    ['ready', []],
    ['cloudSync', []],
    ['unknown', []],
  ])('is not told about a missing directory beside Microsoft Entra Connect (%s)', (connect, expected) => {
    expect(parts(undefined, health('notConfigured', connect))).toEqual(expected);
  });
});
