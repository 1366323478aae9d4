export { CONTENT_POLICY, SECURITY_HEADERS } from './content-policy.ts';
export {
  EXPERIMENT_FILE,
  isOfKind,
  LAYOUT_FILE,
  MEASURED_FILE,
  safeFileName,
  SESSION_FILE,
} from './file-exchange.ts';
export type { ChosenFile, FileExchange, FileKind } from './file-exchange.ts';
export { openLaboratory } from './laboratory.ts';
export type { Laboratory, LaboratoryOptions } from './laboratory.ts';
export type { LabEvent } from './event-hub.ts';
export { RequestFailure } from './request-failure.ts';
export { readWindowFile } from './window-files.ts';
export type { WindowFile } from './window-files.ts';
