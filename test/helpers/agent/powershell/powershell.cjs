/**
 * A stand-in for powershell.exe: `powershell.cjs FOLDER -NoLogo ... -Command SCRIPT`. It writes each call to
 * FOLDER/calls.jsonl and plays the first answer of FOLDER/answers.json whose `when` is in the script. Several
 * answers for one `when` come one after the other, and the last one stays.
 */
const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const [folder, ...args] = process.argv.slice(2);
const script = args.at(-1) ?? '';
const calls = join(folder, 'calls.jsonl');
const marked = (answer) => `keyturn:${Buffer.from(answer).toString('base64')}\r\n`;

/** `exit N`, then the parts `--- answer` (as ConvertTo-Json prints it), `--- stdout` and `--- stderr`. */
function readRecording(file) {
  const [head, ...parts] = readFileSync(file, 'utf8').split(/^--- /m);
  const named = Object.fromEntries(
    parts.map((part) => [part.slice(0, part.indexOf('\n')).trim(), part.slice(part.indexOf('\n') + 1)]),
  );
  return {
    exit: Number(/^exit (\d+)/m.exec(head)?.[1] ?? 0),
    stdout: (named.stdout ?? '') + (named.answer ? marked(named.answer.trim()) : ''),
    stderr: named.stderr ?? '',
  };
}

function play(answer, input) {
  if (answer === undefined) return { exit: 1, stdout: '', stderr: 'nothing is recorded for this script' };
  if (answer.file) return readRecording(answer.file);
  const value = answer.echo ? input : answer.value;
  return { exit: 0, stdout: marked(JSON.stringify({ value: value ?? null })), stderr: '' };
}

function nextAnswer() {
  const fitting = JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8')).filter(({ when }) =>
    script.includes(when),
  );
  const when = fitting[0]?.when;
  const mine = fitting.filter((each) => each.when === when);
  const before = existsSync(calls)
    ? readFileSync(calls, 'utf8')
        .split('\n')
        .filter((line) => line && JSON.parse(line).when === when).length
    : 0;
  return { when, answer: mine[Math.min(before, mine.length - 1)] };
}

let received = '';
process.stdin.on('data', (chunk) => {
  received += chunk;
});
process.stdin.on('end', () => {
  const input = JSON.parse(Buffer.from(received.trim(), 'base64').toString('utf8'));
  const { when, answer } = nextAnswer();
  appendFileSync(calls, `${JSON.stringify({ when, args, script, input, env: process.env })}\n`);
  if (answer?.hang) return setInterval(() => undefined, 1000);
  const { exit, stdout, stderr } = play(answer, input);
  process.stderr.write(stderr);
  process.stdout.write(stdout, () => {
    process.exitCode = exit;
  });
});
