export { main } from './main.ts';
export { type RunningServer, type ServerOptions, startServer } from './server.ts';
