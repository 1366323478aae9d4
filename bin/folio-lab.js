#!/usr/bin/env node
// Plain JavaScript that old versions of Node can read, so that they can say what is missing.

const major = Number(process.versions.node.split('.')[0]);

if (major < 24) {
  refuse(
    `Folio Lab needs Node 24 or newer, and this is Node ${process.versions.node}; in a checkout, ` +
      '"npm run lab -- <command>" uses the Node 24 that "npm ci" installs.',
  );
} else {
  import('../src-main/hosts/cli/index.ts').catch((error) => {
    if (error.code !== 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING') throw error;
    refuse(
      'Folio Lab runs from a checkout, and Node does not run TypeScript that lies in node_modules; ' +
        'in the checkout, "npm link" makes the command available everywhere.',
    );
  });
}

/** @param {string} sentence */
function refuse(sentence) {
  console.error(sentence);
  process.exitCode = 2;
}
