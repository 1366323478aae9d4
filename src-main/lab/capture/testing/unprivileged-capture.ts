// Tries to look into a process without the privileges of root, and prints what it is told.
import { CaptureError } from '../capture-error.ts';
import { openProcessSource } from '../process-source.ts';

const NOBODY = 65_534;

process.seteuid?.(NOBODY);
try {
  using source = await openProcessSource(Number(process.argv[2]));
  console.log(`process ${source.pid} may be read`);
} catch (error) {
  if (!(error instanceof CaptureError)) throw error;
  console.log(error.message);
}
