export { serveWeb, WebHostError } from './serve-web.ts';
export type { WebHost, WebHostOptions } from './serve-web.ts';
