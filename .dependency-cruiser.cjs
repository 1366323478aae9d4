const { globSync } = require('node:fs');
const { dirname } = require('node:path');

/**
 * Who may import what. docs/architecture.md has the same table in prose.
 *
 * The tests of a layer sit beside its source and may import what tests need; they keep to the
 * doors like everything else.
 */

const test = '[.]test[.]ts$';
const testHelpers = '^src-.*/testing/';
const core = '^src-core/';
const contract = '^src-contract/';
const lab = '^src-main/lab/';
const labWorker = '^src-main/lab/queue/[^/]+[.]worker[.]ts$';
const electronHost = '^src-main/hosts/electron/';
const preload = '^src-main/hosts/electron/preload/';
const hosts = '^src-main/hosts/';
const requests = '^src-main/hosts/requests/';
const renderer = '^src-renderer/';

const coreDoor = '^src-core/index[.]ts$';
const contractDoor = '^src-contract/index[.]ts$';
const labDoor = '^src-main/lab/index[.]ts$';
const requestsDoor = '^src-main/hosts/requests/index[.]ts$';

const library = (...names) => `(^|/)node_modules/(${names.join('|')})/`;
const electron = `${library('electron')}|^electron(/|$)`;
const storage = library('better-sqlite3', 'kysely');

/** A folder with an index.ts shows what it offers there; the files beside it are its own affair. */
const doors = globSync('{src-core,src-contract,src-main,src-renderer}/**/index.ts', {
  cwd: __dirname,
}).map((file) => dirname(file).replaceAll('\\', '/'));

const nothingPastTheDoor = doors.map((folder) => ({
  name: `only-through-the-door-of-${folder.replaceAll('/', '-')}`,
  comment:
    `What ${folder}/index.ts does not export is private: it can then change without asking. ` +
    `Import ${folder}/index.ts instead, and export there what is missing.`,
  severity: 'error',
  from: { pathNot: `^${folder}/` },
  to: { path: `^${folder}/`, pathNot: [`^${folder}/index[.]ts$`, testHelpers] },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Two files that need each other are one file, or hide a third that both need. Move what they share into a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-lost-imports',
      comment: 'The import leads nowhere. Correct the path, or install the package.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'only-declared-packages',
      comment:
        'A package that is not in package.json is there by accident and may be gone after the next install. Add it, and say why in docs/decisions.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-development-packages-at-run-time',
      comment:
        'An installed laboratory has no development packages. Move the package to "dependencies", or the code into tests or scripts. The window is bundled, and Electron brings itself.',
      severity: 'error',
      from: { path: '^src-(core|contract|main)/', pathNot: test },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: electron },
    },
    {
      name: 'source-does-not-import-tests',
      comment:
        'What is shipped must not lean on what is not. Move what both need into the source, beside what it describes.',
      severity: 'error',
      from: { path: '^(src-|scripts/|bin/)', pathNot: test },
      to: { path: `^tests/|${test}` },
    },
    {
      name: 'test-helpers-serve-tests',
      comment:
        'A testing/ folder holds what tests beside it and in tests/ share, and is not shipped. Move what the source needs out of it.',
      severity: 'error',
      from: { pathNot: [test, testHelpers, '^(tests|scripts)/'] },
      to: { path: testHelpers },
    },
    {
      name: 'source-does-not-import-scripts',
      comment:
        'Scripts serve the people who work on the source. Move what both need into the source.',
      severity: 'error',
      from: { path: '^(src-|bin/)' },
      to: { path: '^scripts/' },
    },
    {
      name: 'experiments-are-data',
      comment: 'An experiment is read, never run. Put code into the layer that reads it.',
      severity: 'error',
      from: { path: '^experiments/' },
      to: {},
    },
    ...nothingPastTheDoor,

    {
      name: 'core-imports-nothing',
      comment:
        'A simulation that cannot look outside cannot be irreproducible. Pass the value in as an argument instead.',
      severity: 'error',
      from: { path: core, pathNot: test },
      to: { pathNot: core },
    },
    {
      name: 'core-tests-know-no-other-layer',
      comment:
        'A test that needs two layers belongs to neither. Put it in tests/, or write the fixture with the core alone.',
      severity: 'error',
      from: { path: core },
      to: { path: '^src-(contract|main|renderer)/' },
    },
    {
      name: 'contract-imports-core-zod-yaml',
      comment:
        'Both processes load the contract, so it can need nothing that only one of them has. Move the code to the side that has it.',
      severity: 'error',
      from: { path: contract, pathNot: test },
      to: { pathNot: [contract, coreDoor, library('zod', 'yaml')] },
    },
    {
      name: 'contract-tests-know-no-host',
      comment: 'A test that needs two layers belongs to neither. Put it in tests/.',
      severity: 'error',
      from: { path: contract },
      to: { path: '^src-(main|renderer)/' },
    },
    {
      name: 'lab-knows-no-screen',
      comment:
        'The laboratory runs under three hosts and must not know which. Take what you need as an argument that the host passes in.',
      severity: 'error',
      from: { path: lab },
      to: { path: [electron, hosts, renderer, library('vue', 'pinia', 'echarts')] },
    },
    {
      name: 'worker-only-simulates',
      comment:
        'A worker gets a trial, simulates it and forgets it; the main thread keeps the books. Send the value in the message instead.',
      severity: 'error',
      from: { path: labWorker },
      to: { pathNot: [coreDoor, contractDoor, '^(node:)?worker_threads$'] },
    },
    {
      name: 'worker-never-reaches-storage',
      comment:
        'One connection writes to the library, and it lives in the main thread. Send the result back in a message instead.',
      severity: 'error',
      from: { path: labWorker },
      to: { path: storage, reachable: true },
    },

    {
      name: 'hosts-do-not-know-each-other',
      comment:
        'src-main/hosts/start.ts alone chooses between hosts. Move what the hosts with a window share into src-main/hosts/requests, and what all share into the laboratory.',
      severity: 'error',
      from: { path: '^src-main/hosts/([^/]+)/' },
      to: {
        path: hosts,
        pathNot: ['^src-main/hosts/$1/', requestsDoor, '^src-main/hosts/start[.]ts$'],
      },
    },
    {
      name: 'requests-know-no-host',
      comment:
        'Requests are answered alike whoever shows the window. Take what differs as an argument that the host passes in.',
      severity: 'error',
      from: { path: requests },
      to: { path: [hosts, electron], pathNot: requests },
    },
    {
      name: 'hosts-leave-storage-to-the-lab',
      comment: 'A host shows what the laboratory does. Add a function to src-main/lab/index.ts.',
      severity: 'error',
      from: { path: hosts, pathNot: test },
      to: { path: [storage, library('tinypool')] },
    },
    {
      name: 'no-host-imports-the-window',
      comment:
        'The window is built and loaded, never imported. Put what both need into src-contract.',
      severity: 'error',
      from: { path: '^src-main/' },
      to: { path: renderer },
    },
    {
      name: 'only-the-electron-host-knows-electron',
      comment:
        'The command line and the web host run where there is no Electron. Put the call behind an interface of the laboratory instead.',
      severity: 'error',
      from: { pathNot: [electronHost, '^tests/', '^electron[.]vite[.]config[.]ts$'] },
      to: { path: electron },
    },
    {
      name: 'electron-host-is-thin',
      comment:
        'The Electron host joins Electron to the laboratory and does nothing else. Put the work into src-main/lab, which all hosts share, or into src-main/hosts/requests, which the browser has too.',
      severity: 'error',
      from: { path: electronHost, pathNot: test },
      to: {
        pathNot: [electronHost, requestsDoor, labDoor, contractDoor, electron],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'preload-exposes-and-nothing-else',
      comment:
        'The preload runs sandboxed, beside the page: every import widens what a page could reach. Do the work in the main process.',
      severity: 'error',
      from: { path: preload },
      to: { pathNot: [preload, electron, contractDoor] },
    },
    {
      name: 'preload-takes-types-only',
      comment:
        'The contract brings its parsers with it, and arguments are parsed in the main process. Use `import type`.',
      severity: 'error',
      from: { path: preload },
      to: { path: contractDoor, dependencyTypesNot: ['type-only'] },
    },

    {
      name: 'window-knows-core-and-contract',
      comment:
        'The window reaches the laboratory through the bridge alone. Add a request to src-contract instead.',
      severity: 'error',
      from: { path: renderer },
      to: { path: ['^src-main/', '^tests/', electron, storage, library('tinypool', 'commander')] },
    },
    {
      name: 'window-knows-no-node',
      comment:
        'The page is sandboxed and has no Node. Ask the main process through the bridge instead.',
      severity: 'error',
      from: { path: renderer, pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'stores-do-not-know-components',
      comment:
        'Stores keep what is so; components show it. Return the value from a getter, and let a page connect the two.',
      severity: 'error',
      from: { path: '^src-renderer/stores/' },
      to: { path: '^src-renderer/(components|pages|charts)/|[.]vue$' },
    },
  ],
  options: {
    exclude: { path: '^(out|docs)/' },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.vue', '.js', '.cjs', '.mjs', '.d.ts'],
    },
  },
};
