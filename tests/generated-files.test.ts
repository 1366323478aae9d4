import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { expect, it } from 'vitest';
import { generatedFiles, UPDATE_COMMAND } from '../scripts/generated-files.ts';

it.each(await generatedFiles())('$path is what its source says', ({ path, text }) => {
  const stored = readFileSync(path, 'utf8');

  expect(
    stored === text,
    `${relative(process.cwd(), path)} is out of date; to write it again: ${UPDATE_COMMAND}`,
  ).toBe(true);
});
