/** @type {import('jest').Config} */
export default {
  roots: ['<rootDir>/test'],
  // For what hangs: how long a thing may take is never what a test asserts.
  testTimeout: 240_000,
  // Even two cores: suites wait for simulated time and other processes more than they compute.
  maxWorkers: '100%',
  // What a suite has loaded stays with its worker, and is collected again and again.
  workerIdleMemoryLimit: '1GB',
  testSequencer: '<rootDir>/test/support/longest-first.cjs',
  extensionsToTreatAsEsm: ['.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }],
  },
};
