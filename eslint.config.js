import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const tests = ['**/*.test.ts', 'tests/**/*.ts'];

/** Files which turn outside text into typed values, or plain numbers into units: `as` belongs here and nowhere else. */
const parsersAndUnits = ['src-core/units.ts', 'src-core/records.ts', '**/parse*.ts'];

/** Math functions whose result is the same to the last bit in every engine. */
const exactMath = [
  'sqrt',
  'floor',
  'ceil',
  'round',
  'trunc',
  'min',
  'max',
  'abs',
  'imul',
  'clz32',
  'sign',
  'fround',
];

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: the name then stays the same wherever it is imported.',
};

/** Each of these Electron powers has one home; everything else goes through it. */
const noRawIpcMain = {
  name: 'electron',
  importNames: ['ipcMain'],
  message:
    'Only src-main/hosts/electron/ipc/ may touch ipcMain: it checks the sender and parses the arguments. Add a request to #contract instead.',
};
const noRawIpcRenderer = {
  name: 'electron',
  importNames: ['ipcRenderer'],
  message: 'Only the preload may touch ipcRenderer. Call the named method of the bridge instead.',
};
const noOpenExternal = {
  property: 'openExternal',
  message:
    'Only src-main/hosts/electron/security.ts may open a link: it lets https through and nothing else.',
};

const ambientGlobals = [
  ...['Date', 'performance', 'Intl', 'Temporal'].map((name) => [
    name,
    'Time and place come from outside',
  ]),
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'].map((name) => [
    name,
    'The core has simulated time only',
  ]),
  ...['process', 'console', 'Buffer', 'require', 'module', '__dirname', '__filename'].map(
    (name) => [name, 'The core does not know Node'],
  ),
  ...['window', 'document', 'self', 'navigator', 'fetch', 'crypto', 'globalThis', 'global'].map(
    (name) => [name, 'The core does not know its host'],
  ),
].map(([name, reason]) => ({ name, message: `${reason}: pass the value in as an argument.` }));

export default defineConfig(
  globalIgnores(['node_modules/', 'out/', 'experiments/']),

  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'prefer-const': 'error',
      'no-restricted-syntax': ['error', noDefaultExport],
      'no-restricted-imports': ['error', { paths: [noRawIpcMain, noRawIpcRenderer] }],
      'no-restricted-properties': ['error', noOpenExternal],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },

  {
    files: ['src-*/**/*.ts'],
    ignores: tests,
    rules: { 'max-lines': ['error', { max: 350 }] },
  },

  {
    name: 'the core is pure',
    files: ['src-core/**/*.ts'],
    ignores: tests,
    rules: {
      // Types do not show here that an array element may be missing (see src-core/tsconfig.json),
      // so the rule would have checks removed that are needed.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      'no-restricted-globals': ['error', ...ambientGlobals],
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          allowProperties: exactMath,
          message:
            'Only sqrt and the integer functions give the same bits in every engine. Use the tables of the core, and the seeded generator for random numbers.',
        },
        {
          property: 'localeCompare',
          message: 'The order depends on the host: compare with < and > instead.',
        },
        {
          property: 'toLocaleString',
          message: 'The text depends on the host: format it outside the core.',
        },
      ],
      'no-restricted-syntax': [
        'error',
        noDefaultExport,
        {
          selector: 'BinaryExpression[operator="**"], AssignmentExpression[operator="**="]',
          message: 'Engines differ in the last bit of a power: multiply, or shift, instead.',
        },
        {
          selector:
            ':not(MemberExpression) > Identifier[name="Math"], MemberExpression[object.name="Math"][computed=true]',
          message:
            'Call Math functions by their name, so that the exact ones can be told from the rest.',
        },
        {
          selector: 'ImportExpression',
          message: 'The core loads nothing at run time: import it at the top of the file.',
        },
      ],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(?!\\.{1,2}/)',
              message: 'The core has no dependencies: pass the value in as an argument instead.',
            },
          ],
        },
      ],
    },
  },

  {
    files: ['src-main/hosts/electron/ipc/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [noRawIpcRenderer] }] },
  },
  {
    files: ['src-main/hosts/electron/preload/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [noRawIpcMain] }] },
  },
  {
    files: ['src-main/hosts/electron/security.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },

  {
    files: ['src-renderer/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            noRawIpcMain,
            noRawIpcRenderer,
            {
              name: '#core',
              importNames: ['simulate'],
              message:
                'The window plans and counts; it never simulates. Start a run through the bridge instead.',
            },
          ],
        },
      ],
      'no-restricted-properties': [
        'error',
        noOpenExternal,
        {
          object: 'window',
          property: 'lab',
          message: 'Only src-renderer/bridge.ts touches window.lab: import the bridge instead.',
        },
      ],
    },
  },
  {
    files: ['src-renderer/bridge.ts'],
    rules: { 'no-restricted-properties': ['error', noOpenExternal] },
  },

  {
    files: [...parsersAndUnits, ...tests],
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'as' }],
    },
  },
  {
    // The tools read their configuration, and Vue its components, from a default export.
    files: ['*.config.ts', '*.config.js', '**/*.d.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    extends: [tseslint.configs.disableTypeChecked],
  },
);
