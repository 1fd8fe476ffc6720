import { Console } from 'node:console';

// Jest decorates console.log, and oclif prints through it: what a test captures would not be what a user sees.
globalThis.console = new Console(process.stdout, process.stderr);
