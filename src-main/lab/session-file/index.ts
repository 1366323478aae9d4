export { openSessionFile } from './open-session-file.ts';
export type { OpenedSessionFile } from './open-session-file.ts';
export type { MergeReport } from './merge-sessions.ts';
export { saveSessionFile } from './save-session-file.ts';
export type { SessionToSave } from './save-session-file.ts';
export { SESSION_FILE_ID } from './session-database.ts';
export { SessionFileError } from './session-file-error.ts';
export type { SessionFileErrorCode } from './session-file-error.ts';
