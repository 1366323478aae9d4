export { buildBundles } from './build-bundles.ts';
export { findElectron, windowObstacle } from './find-electron.ts';
export type { Surroundings } from './find-electron.ts';
export { launchElectron } from './launch-electron.ts';
