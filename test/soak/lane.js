import { rmSync } from 'node:fs';
import { checkRows } from './check-rows.js';
import { chooseCommand } from './commands.js';
import { damageSeries } from './damage.js';
import { judgeRun, parseDocument } from './judge-run.js';
import { startCache } from './run-program.js';

/** A stalled request has two minutes; nothing else waits so long. */
const PATIENCE_MS = 240_000;
const ENDS_WITHIN_MS = 40_000;

/** One after another until the scene is paused or over; several lanes are the several programs at once. */
export async function runLane(scene) {
  while (!scene.paused && !scene.over) {
    await runOne(scene).catch((error) => scene.log.violation(`the soak itself: ${error.stack}`));
  }
}

async function runOne(scene) {
  const { dice, log, busy } = scene;
  if (dice.chance(0.08)) hurtOne(scene);
  const command = chooseCommand(scene);
  const { kind, words } = command;
  const asJson = command.rowsOf === undefined;
  const frozen = dice.chance(0.2) ? { ALMANAC_NOW: new Date(scene.clock.machineNow()).toISOString() } : {};
  const keys = command.writes ? (command.series ?? []).map(({ name }) => name) : [];
  if (keys.some((key) => busy.has(key))) log.count('two writers at once on one series');
  if (command.writes && busy.size > 0) log.count('two writers at once');
  for (const key of keys) busy.set(key, (busy.get(key) ?? 0) + 1);
  const startedAt = performance.now();
  if (command.hurts) scene.hurt.begin(command.hurts.name);
  const wasHurt = scene.hurt.asks(command.series);
  const program = startCache(scene, asJson ? [...words, '--json'] : words, frozen);
  const signals = stopIt(scene, command, program);
  log.write('start', { kind, pid: program.child.pid, words: words.join(' '), ...frozen });
  const run = await program.ended;
  signals.clear();
  for (const key of keys)
    if (busy.get(key) === 1) busy.delete(key);
    else busy.set(key, busy.get(key) - 1);
  if (command.file !== undefined) rmSync(command.file);
  if (command.hurts) scene.hurt.add(command.hurts.name);
  log.count(`ran ${kind}`);
  await judge(scene, command, {
    ...run,
    sent: signals.sent,
    hurt: wasHurt || scene.hurt.asks(command.series, startedAt),
  });
  const mended = kind === 'cleanup' && words.includes('--validate-and-cleanup') && run.exit === 0;
  if (mended) scene.hurt.mend(startedAt);
}

async function judge({ log, market }, { kind, words, exits, codes: allowed, rowsOf, lines }, run) {
  const { exit, signal, seconds } = run;
  const document = rowsOf === undefined && !lines ? parseDocument(run.stdout) : undefined;
  const { wrong, codes } = judgeRun(
    { ...run, document },
    { exits, allowed, hurt: run.hurt, signalled: run.sent.length > 0 },
  );
  const whole = signal === null && exit !== 143 && exit !== 130;
  if (rowsOf === undefined && !lines && whole && document === undefined) wrong.push('its document is none');
  if (rowsOf !== undefined) wrong.push(...(await checkRows(market, rowsOf, run)));
  for (const code of codes) log.count(`said ${code}`);
  log.write('end', { kind, exit, signal, seconds, sent: run.sent, codes });
  if (wrong.length > 0) {
    const tail = { stderr: run.stderr.slice(-3000), stdout: run.stdout.slice(-3000), hurt: run.hurt };
    log.violation(`cache ${words.join(' ')}: ${wrong.join('; ')}`, { exit, signal, sent: run.sent, ...tail });
  }
}

/** The signals that a program gets: its command's own, one at random, and the last where it will not end. */
function stopIt({ dice, log }, { stop, writes, words }, { child }) {
  const sent = [];
  const timers = new Set();
  const send = (signal, after, name = `kill ${signal}`) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (child.exitCode !== null || child.signalCode !== null) return;
      sent.push(signal);
      log.count(name);
      child.kill(signal);
      if (signal !== 'SIGKILL') giveUp(signal);
    }, after);
    timers.add(timer);
  };
  const giveUp = (signal) => {
    const timer = setTimeout(() => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      log.violation(`cache ${words.join(' ')} did not end within ${ENDS_WITHIN_MS / 1000} s of ${signal}`);
      child.kill('SIGKILL');
    }, ENDS_WITHIN_MS);
    timers.add(timer);
  };
  if (stop !== undefined) send(stop.signal, stop.after, `stop ${stop.signal}`);
  if (dice.chance(writes ? 0.35 : 0.1))
    send(dice.pick(['SIGKILL', 'SIGKILL', 'SIGTERM', 'SIGINT']), dice.between(100, 3500));
  send('SIGTERM', PATIENCE_MS, 'patience ended');
  return {
    sent,
    clear() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function hurtOne(scene) {
  const one = scene.dice.pick(scene.series);
  scene.hurt.begin(one.name);
  const what = damageSeries(scene.cache, one, scene.dice);
  scene.hurt.add(one.name);
  if (what !== undefined) {
    scene.log.count('damages');
    scene.log.write('damage', { series: one.name, what });
  }
}
