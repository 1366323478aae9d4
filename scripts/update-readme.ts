import { readFileSync, writeFileSync } from 'node:fs';
import { readmeWithOutputs } from './readme-examples.ts';

const path = new URL('../README.md', import.meta.url);
writeFileSync(path, readmeWithOutputs(readFileSync(path, 'utf8')));
