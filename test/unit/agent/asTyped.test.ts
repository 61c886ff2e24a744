import { asTyped } from '../../../agent/cli/asTyped';

const SENTENCE = 'It is not enrolled: run "keyturn-agent repair". Or "keyturn-agent install".';

test('the command in a sentence works as it stands, on Windows and on Linux', () => {
  const windows = 'C:\\Program Files\\Keyturn Agent\\keyturn-agent.exe';
  expect(asTyped(SENTENCE, windows)).toBe(
    `It is not enrolled: run & "${windows}" repair. Or & "${windows}" install.`,
  );
  expect(asTyped(SENTENCE, '/opt/keyturn-agent/keyturn-agent.cjs', '/srv/agent.json')).toMatch(
    /run \/opt\/keyturn-agent\/keyturn-agent\.cjs --config "\/srv\/agent\.json" repair\. Or/,
  );
});
