import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readmeWithOutputs } from '../scripts/readme-examples.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('the README shows what its commands print (to refresh: npm run readme:update)', () => {
  expect(readme).toBe(readmeWithOutputs(readme));
});

it('every file the README links to exists', () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path ?? '');
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((path) => !existsSync(new URL(`../${path}`, import.meta.url)))).toEqual([]);
});
