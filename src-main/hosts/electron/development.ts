import { startApplication } from './application.ts';

// The application with a window that Vite serves and changes while it is open. Not part of a build.
const windowAddress = process.env['ELECTRON_RENDERER_URL'];
startApplication(windowAddress === undefined ? {} : { windowAddress });
