import { installLine, rmmLine } from '../../../domain/agents/enrolment/installLine';
import { tokenIn } from '../../../sandbox/customer/tokenIn';

const token = 'EKD_sfmZfe-JMlULZp_wysR1sGXW7W5F9HYJPYfy6PQ';
const line = {
  serverRole: 'domainController' as const,
  publicUrl: 'http://127.0.0.1:3978',
  token,
  sha256: 'a'.repeat(64),
};

describe('a text that is pasted in the server room', () => {
  it.each([
    ['the line for PowerShell', installLine(line)],
    ['the line for an RMM tool', rmmLine(line)],
    ['the token alone', ` ${token}\n`],
  ])('%s contains the token', (_what, pasted) => {
    expect(tokenIn(pasted)).toBe(token);
  });

  it.each(['', 'install agent', 'powershell.exe -EncodedCommand AAAA', installLine(line).slice(0, 300)])(
    'any other text contains none: %s',
    (pasted) => {
      expect(tokenIn(pasted)).toBeUndefined();
    },
  );
});
