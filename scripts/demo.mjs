/** `npm run demo`: builds and starts the demo. Each step has its line, because the first build takes half a minute. */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, '..');

function run(program, ...args) {
  try {
    execFileSync(process.execPath, [program, ...args], { cwd: root, stdio: 'inherit' });
  } catch {
    console.error('The build failed, so the demo did not start.');
    process.exit(1);
  }
}

const began = Date.now();
console.log('Compiling Keyturn (half a minute the first time, less after that) ...');
run(require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json');
console.log('Joining the program into one file ...');
run(join(import.meta.dirname, 'bundle.mjs'));
console.log(`Built in ${Math.round((Date.now() - began) / 1000)} s.`);
await import('../dist/sandbox/demo.js');
