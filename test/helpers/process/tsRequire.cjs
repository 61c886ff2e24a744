/**
 * Preloaded into a process (`node -r`), or required by it, so that it runs our TypeScript without a build.
 */
const { readFileSync } = require('node:fs');
const { transformSync } = require('esbuild');

const options = { loader: 'ts', format: 'cjs', target: 'node20', sourcemap: 'inline' };
const { '.json': json } = require.extensions;
// A card's x.ts is meant before its x.json; Node looks in the order of the keys.
delete require.extensions['.json'];
require.extensions['.ts'] = (module, sourcefile) =>
  module._compile(
    transformSync(readFileSync(sourcefile, 'utf8'), { ...options, sourcefile }).code,
    sourcefile,
  );
require.extensions['.json'] = json;
