/** One configuration, four projects: unit (pure), contract (one suite, every driver), http (real server), e2e (real browser). */
const project = (name) => ({
  displayName: name,
  testEnvironment: 'node',
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  transform: { '^.+\\.[tj]s$': ['ts-jest', { isolatedModules: true, diagnostics: false, tsconfig: { allowJs: true, module: 'commonjs', moduleResolution: 'node10', target: 'ES2022', esModuleInterop: true, resolveJsonModule: true, sourceMap: true } }] },
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
});
module.exports = { projects: ['unit', 'contract', 'http', 'e2e'].map(project) };
