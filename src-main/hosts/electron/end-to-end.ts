import { app } from 'electron';
import { startApplication } from './application.ts';

// The application for tests from outside, with an Electron that the shipped binary of better-sqlite3
// may not fit. What is packaged takes no other binary, whoever asks.
const nativeBinding = process.env['LAB_E2E_SQLITE_BINDING'];
startApplication(app.isPackaged || nativeBinding === undefined ? {} : { nativeBinding });
