/**
 * `npm run dev`: builds after every change and restarts the demo with the same data. Arguments go to the
 * demo. Ctrl+C ends it. After a change that does not compile, the demo keeps running.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(import.meta.url);
const node = (program, args, stdio) => spawn(process.execPath, [program, ...args], { stdio });

let demo;
let ended = false;

async function stopDemo() {
  const running = demo;
  demo = undefined;
  if (!running || running.exitCode !== null || running.signalCode !== null) return;
  const closed = once(running, 'close');
  running.kill('SIGTERM');
  await closed;
}

async function startAgain() {
  const [code] = await once(node(require.resolve('./bundle.mjs'), [], 'inherit'), 'close');
  if (code !== 0 || ended) return;
  await stopDemo();
  if (!ended) demo = node('dist/sandbox/demo.js', process.argv.slice(2), 'inherit');
}

const compiler = node(
  require.resolve('typescript/bin/tsc'),
  ['-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'],
  ['ignore', 'pipe', 'inherit'],
);

/** One restart after the other: a change during a restart waits for its turn. */
let turn = Promise.resolve();
createInterface({ input: compiler.stdout }).on('line', (line) => {
  console.log(line);
  if (line.includes('Found 0 errors')) turn = turn.then(startAgain);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    if (ended) return;
    ended = true;
    compiler.kill();
    await stopDemo();
  });
}
