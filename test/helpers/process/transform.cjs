/**
 * Removes the types for jest, one file at a time; `npm run typecheck` checks them. The options of esbuild are
 * in jest.config.cjs. It does not move `jest.mock` to the top: a test with one loads the tested module with
 * `require` after it.
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
