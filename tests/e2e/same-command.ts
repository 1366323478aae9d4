import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { APPLICATION_FOLDER } from '../hosts/test-laboratory.ts';
import { button } from './steps.ts';

/** Types the line of "Copy as command" into a shell. @returns What it prints. */
export async function runCopiedCommand(page: Page): Promise<string> {
  const line = await button(page, 'Copy as command').getAttribute('title');
  const { stdout } = await promisify(execFile)('sh', ['-c', line ?? 'false'], {
    cwd: APPLICATION_FOLDER,
  });
  return stdout;
}
