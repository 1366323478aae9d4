import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { generatedFiles } from './generated-files.ts';

// Writes what is generated from the source: the JSON Schema of experiments, the reference of formats.
for (const { path, text } of await generatedFiles()) {
  writeFileSync(path, text);
  console.log(relative(process.cwd(), path));
}
