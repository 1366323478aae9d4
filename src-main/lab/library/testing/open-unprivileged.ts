import { pathToFileURL } from 'node:url';
import { LibraryError, openLibrary } from '../index.ts';

// open-unprivileged.ts LIBRARY MIGRATIONS
// Opens a library as a user who is not root, and prints the code of what went wrong.
const [path = '', migrations = ''] = process.argv.slice(2);
const NOBODY = 65_534;

// What an unprivileged user may not be able to load from here is loaded before.
openLibrary(':memory:').close();
if (process.getuid?.() === 0) process.setuid?.(NOBODY);
try {
  openLibrary(path, { migrationsFolder: pathToFileURL(`${migrations}/`) }).close();
  console.log('opened');
} catch (error) {
  console.log(error instanceof LibraryError ? error.code : error);
}
