import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { takeScreenshots } from './screenshots/take-screenshots.ts';
import { buildWindow, WINDOW_FOLDER, writeContents } from './screenshots/window-build.ts';
import { serveWindow } from './screenshots/window-server.ts';

const README_PICTURE = 'docs/images/compare-light.png';
const README_SCENE = 'compare-phases-light-1280.png';

const USAGE = `Usage: node scripts/screenshots.ts [options]
Builds the window over a laboratory in memory and takes a picture of every page. One of them is copied
to ${README_PICTURE}, for the README.
  --out FOLDER   where the pictures go (docs/images/screens)
  --only NAME    only scenes whose name begins so
  --quick        one size only, and the contents made last time
  --serve        takes no pictures; serves the window until it is stopped`;

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'docs/images/screens' },
    only: { type: 'string', default: '' },
    quick: { type: 'boolean', default: false },
    serve: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(USAGE);
else await main();

async function main(): Promise<void> {
  await buildWindow();
  const hasContents = existsSync(join(WINDOW_FOLDER, 'contents'));
  if (!values.quick || !hasContents) await writeContents();
  const server = await serveWindow(WINDOW_FOLDER);
  if (values.serve) {
    console.log(`${server.address}?contents=full (or empty, few, thousand)`);
    return;
  }
  const { quick: isQuick, only, out: folder } = values;
  const findings = await takeScreenshots({ address: server.address, folder, only, isQuick });
  server.close();
  const picture = join(folder, README_SCENE);
  if (existsSync(picture)) copyFileSync(picture, README_PICTURE);
  for (const finding of findings) console.error(finding);
  console.log(`Pictures are in ${folder}; ${findings.length} problems.`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}
