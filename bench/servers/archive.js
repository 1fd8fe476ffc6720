import { startSandbox } from '../../plugins/sandbox/dist/start-sandbox.js';

// The sandbox after the year of the bench: every month of it is published. The other server knows when it was listed.
const { urls } = await startSandbox({ now: () => Date.UTC(2025, 2, 10), servers: ['binance', 'binance-archive'] });
process.send({ url: urls['binance-archive'], restUrl: urls.binance });
process.once('disconnect', () => process.exit());
