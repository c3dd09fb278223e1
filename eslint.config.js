import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript-eslint';

const azle = { group: ['azle', 'azle/*'], message: 'A2: only core/src/canister/ic/ imports azle.' };
const node = { group: ['node:*'], message: 'A1: this zone must run without Node.' };
const agents = {
  group: ['@dfinity/agent', '@dfinity/identity', '@hadronous/*', '@noble/*'],
  message: 'A1: not in shared or canister code.',
};
const nodeGlobals = ['process', 'Buffer', 'require', '__dirname', 'setImmediate'].map((name) => ({
  name,
  message: 'A1: this zone must run without Node.',
}));
const ambient = ['Date', 'performance', 'crypto', 'fetch', 'setTimeout', 'setInterval'].map(
  (name) => ({
    name,
    message: 'R1: caller, time and chance are passed in.',
  }),
);
const home = new URL('factories/', import.meta.url);
/** Every factory, those included that were generated a moment ago. */
const made = readdirSync(home)
  .map((folder) => new URL(`${folder}/package.json`, home))
  .filter((file) => existsSync(file))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')).name);
const factories = {
  group: [...made, '@fabrica/gateway', '@fabrica/storage'].flatMap((name) => [name, `${name}/*`]),
  message: 'A4: packages meet through Candid.',
};

const source = (...paths) => paths.map((path) => `{core,gateway,storage,factories/*}/src/${path}`);

export default ts.config(
  { ignores: ['**/node_modules', '**/dist', '**/.fabrica', '**/.azle', '**/*.d.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  prettier,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // azle takes classes as canisters, and its stand-ins are classes.
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'A5: name every export.' },
      ],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
      },
    },
  },
  {
    // The shared zone: everything under src/ that no later block claims.
    files: source('**/*.ts'),
    ignores: ['**/*.test.ts', '**/*.test-d.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [azle, node, agents, factories] }],
      'no-restricted-globals': ['error', ...nodeGlobals, ...ambient],
      'no-console': 'error',
    },
  },
  {
    files: ['core/src/canister/ic/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [node, agents] }] },
  },
  {
    // Clients may talk to a network, and must still run in a browser.
    files: source('client/**/*.ts'),
    rules: {
      'no-restricted-imports': ['error', { patterns: [azle, node, factories] }],
      'no-restricted-globals': ['error', ...nodeGlobals],
    },
  },
  {
    files: source('node/**/*.ts'),
    rules: {
      'no-restricted-imports': ['error', { patterns: [azle] }],
      'no-restricted-globals': 'off',
    },
  },
);
