import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BotRefused } from '../../../agent/bot/botFault';
import { EXIT } from '../../../agent/cli/cliFault';
import { faultOf } from '../../../agent/cli/faultOf';

test('the documentation lists every exit code, and no other', () => {
  const docs = readFileSync(join(__dirname, '../../../docs/agent.md'), 'utf8');
  const codes = [...docs.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
  expect(codes).toEqual(Object.values(EXIT).sort((a, b) => a - b));
});

test.each([
  ['token', 11],
  ['clock', 12],
  ['unauthorized', 13],
  ['revoked', 13],
  ['unsupportedProtocol', 14],
  ['invalid', 14],
  ['tryLater', 10],
] as const)('a command that the bot refused for “%s” ends with %d', (code, exitCode) => {
  expect(faultOf(new BotRefused(code, 'What to do.'))).toMatchObject({ exitCode, sentence: 'What to do.' });
});
