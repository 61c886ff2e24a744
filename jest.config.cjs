/** One configuration, five projects: unit (pure), conversation (the whole bot behind a fake edge), contract (one suite, every driver), http (real server), e2e (real browser). */
const project = (name) => ({
  displayName: name,
  testEnvironment: 'node',
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  // What `npm run build` and the deployment tools leave behind is not source.
  modulePathIgnorePatterns: ['<rootDir>/(dist|build)/'],
  transform: {
    '^.+\\.[tj]s$': ['ts-jest', { diagnostics: false, tsconfig: transpile }],
  },
  // jose is an ES module only.
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
});

/** Types are checked by `npm run typecheck`; here they are only taken away. */
const transpile = {
  isolatedModules: true,
  allowJs: true,
  module: 'commonjs',
  moduleResolution: 'node10',
  target: 'ES2022',
  esModuleInterop: true,
  resolveJsonModule: true,
  sourceMap: true,
};

/** A test waits for what it expects, never for time to pass: the limit only ends one that hangs, also on a busy machine. */
module.exports = {
  projects: ['unit', 'conversation', 'contract', 'http', 'e2e'].map(project),
  // More than a small machine has cores: many tests wait for a browser, a database or a domain controller.
  maxWorkers: 3,
  testTimeout: 180_000,
};
