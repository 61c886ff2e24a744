/**
 * A stand-in for powershell.exe under Wine, which has none. It is built as an executable. It seals by
 * reversing the bytes, which is enough to show that the disk does not hold the secret itself. Otherwise it
 * answers as a member server without Microsoft Entra Connect.
 */
const { mkdirSync } = require('node:fs');

const ANSWERS = [
  ['ProtectedData]::', ({ data }) => Buffer.from(data, 'base64').reverse().toString('base64')],
  ['SetAccessRuleProtection', ({ path }) => void mkdirSync(path, { recursive: true })],
  ['MachineGuid', () => ({ id: 'c1a3e5d7-0000-4000-8000-00000000a9e7', domain: 'contoso.test' })],
  ['IsInRole', () => true],
  ['AADConnectProvisioningAgent', () => ({ sync: false, cloudSync: false, scheduler: null })],
  ['DomainRole', () => false],
  ["'Absent'", () => 'Absent'],
];

let received = '';
process.stdin.on('data', (chunk) => {
  received += chunk;
});
process.stdin.on('end', () => {
  const script = process.argv.at(-1) ?? '';
  const answer = ANSWERS.find(([part]) => script.includes(part))?.[1];
  // If a variable points to the modules of PowerShell 7, Windows PowerShell can load none of its own.
  if (!answer || process.env.PSModulePath) process.exit(1);
  const value = answer(JSON.parse(Buffer.from(received, 'base64').toString('utf8')));
  process.stdout.write(
    `keyturn:${Buffer.from(JSON.stringify({ value: value ?? null })).toString('base64')}\r\n`,
  );
});
