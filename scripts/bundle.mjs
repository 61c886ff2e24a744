/**
 * The second half of `npm run build`: joins tsc's output for the bot, and the packages that every start
 * needs, into dist/keyturn/. Reading two thousand files one by one takes longer than running them. Other
 * files and another folder can be named: `node scripts/bundle.mjs FILE... --out FOLDER`.
 */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');

/** These stay packages in node_modules: they are needed only on request, or native, or read as a file. */
const left = ['mongodb', 'libsql', 'dtrace-provider', '@microsoft/teams-js', './main'];

/** Packages that the product loads with `import()` are needed later or never, so they stay packages. */
const lateImports = {
  name: 'late imports',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ kind, importer, path }) =>
      kind === 'dynamic-import' && !importer.includes('node_modules') ? { path, external: true } : undefined,
    );
  },
};

/**
 * Only prompts of botbuilder-dialogs understand numbers and dates in words, and no dialog here has one. The
 * packages for that, a fifth of the start and of the memory, are loaded on first use. Their list of cultures
 * is read at once; the small package at the heart of the four has the same list.
 */
const lateRecognizers = {
  name: 'late recognizers',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /^@microsoft\/recognizers-text-suite$/ }, ({ resolveDir, kind }) =>
      resolve('@microsoft/recognizers-text', { resolveDir, kind }),
    );
    onResolve(
      { filter: /^@microsoft\/recognizers-text-(number|choice|date-time)$/ },
      ({ path, namespace }) =>
        namespace === 'late' ? { path, external: true } : { path, namespace: 'late' },
    );
    onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({
      contents: `module.exports = new Proxy({ __esModule: true }, {
        get: (own, name) => own[name] ?? require(${JSON.stringify(path)})[name],
      });`,
    }));
  },
};

/**
 * A stack frame of a package names only its file: a map of all package lines would be four times as large,
 * and every start reads it.
 */
const mapsOfOursAlone = {
  name: 'maps of ours alone',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules\/.*\.[cm]?js$/ }, async ({ path }) => {
      const map = JSON.stringify({ version: 3, sources: [basename(path)], mappings: 'AAAA' });
      const url = `data:application/json;base64,${Buffer.from(map).toString('base64')}`;
      return { contents: `${await readFile(path, 'utf8')}\n//# sourceMappingURL=${url}`, loader: 'js' };
    });
  },
};

const { positionals, values } = parseArgs({ allowPositionals: true, options: { out: { type: 'string' } } });

await build({
  absWorkingDir: root,
  entryPoints: positionals.length > 0 ? positionals : ['dist/bot/index.js', 'dist/bot/main.js'],
  outdir: values.out ?? 'dist/keyturn',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  external: left,
  // Node's own module is deprecated and would warn at every start. This is the package that it comes from.
  alias: { punycode: 'punycode/' },
  sourcemap: true,
  sourcesContent: false,
  plugins: [lateImports, lateRecognizers, mapsOfOursAlone],
  logLevel: 'warning',
});
