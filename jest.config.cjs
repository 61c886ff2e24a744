/**
 * One configuration, five projects: unit (pure), conversation (the whole bot behind a fake edge), contract
 * (one suite, every driver), http (real server), e2e (real browser).
 */
const project = (name) => ({
  displayName: name,
  testEnvironment: 'node',
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  // What `npm run build` and the deployment tools leave behind is not source.
  modulePathIgnorePatterns: ['<rootDir>/(dist|build)/'],
  transform: {
    '^.+\\.[tj]s$': ['<rootDir>/test/helpers/process/transform.cjs', transpile],
  },
  // jose is an ES module only.
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
});

/** Jest runs CommonJS; its modules are loaded with `require` alone. */
const transpile = { format: 'cjs', target: 'node20', supported: { 'dynamic-import': false } };

/**
 * A test waits for what it expects, never for time to pass: the limit only ends one that hangs, also on a
 * busy machine.
 */
module.exports = {
  projects: ['unit', 'conversation', 'contract', 'http', 'e2e'].map(project),
  // More than a small machine has cores: many tests wait for a browser, a database or a domain controller.
  maxWorkers: 3,
  testTimeout: 180_000,
};
