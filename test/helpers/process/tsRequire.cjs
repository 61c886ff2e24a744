/** Preloaded into a process (`node -r`), or required by it, so that it runs our TypeScript without a build. */
const { readFileSync } = require('node:fs');
const { transformSync } = require('esbuild');

const options = { loader: 'ts', format: 'cjs', target: 'node20', sourcemap: 'inline' };
require.extensions['.ts'] = (module, sourcefile) =>
  module._compile(
    transformSync(readFileSync(sourcefile, 'utf8'), { ...options, sourcefile }).code,
    sourcefile,
  );
