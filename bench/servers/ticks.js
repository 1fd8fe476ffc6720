import { WebSocketServer } from 'ws';

/** A tick every two seconds, on the even ones, as the liveliest of the synthetic indices have it. */
const STEP = 2;
const MOST = 5000;

// By arithmetic, because a market that is simulated would be slower than what is measured.
const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
server.on('connection', (socket) => {
  socket.on('message', (data) => socket.send(answer(JSON.parse(data.toString()))));
});
server.on('listening', () => process.send({ url: `ws://127.0.0.1:${server.address().port}/websockets/v3` }));
process.once('disconnect', () => process.exit());

function answer({ req_id, ping, ticks_history, start, end, count = MOST }) {
  if (ping !== undefined) return JSON.stringify({ ping: 'pong', msg_type: 'ping', req_id });
  if (ticks_history === undefined) {
    return JSON.stringify({ error: { code: 'UnrecognisedRequest', message: 'Unrecognised request.' }, req_id });
  }
  const last = Math.floor(Number(end) / STEP) * STEP;
  // Both bounds belong to it, and of what is too much the latest rows are given.
  const first = Math.max(Math.ceil(start / STEP) * STEP, last - (Math.min(count, MOST) - 1) * STEP);
  const times = [];
  const prices = [];
  for (let at = first; at <= last; at += STEP) {
    times.push(at);
    prices.push(priceAt(at));
  }
  return `{"history":{"prices":[${prices}],"times":[${times}]},"msg_type":"history","pip_size":2,"req_id":${req_id}}`;
}

/** A slow wave and a coarse noise, two decimals. */
function priceAt(second) {
  const noise = (Math.imul(second, 0x9e3779b1) >>> 16) % 100;
  return Math.round(150_000 + 20_000 * Math.sin(second / 40_000) + noise) / 100;
}
