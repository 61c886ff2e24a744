/**
 * Takes the types away for jest, one file at a time; `npm run typecheck` checks them. The options of esbuild stand in
 * jest.config.cjs. It moves no `jest.mock` up: a test that has one loads what it tests with `require` after it.
 */
const { transformSync } = require('esbuild');

module.exports = {
  process: (source, sourcefile, { transformerConfig }) =>
    transformSync(source, {
      ...transformerConfig,
      loader: sourcefile.endsWith('.ts') ? 'ts' : 'js',
      sourcefile,
      sourcemap: 'inline',
    }),
};
