import { startServer } from './server.js';

/** The little server for trying things by hand; almanac.config.json points there. */
const { url } = await startServer(Number(process.env.PORT ?? 8187));
console.log(`Your Name, made up, at ${url} until Ctrl-C`);
