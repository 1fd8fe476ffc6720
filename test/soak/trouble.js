import { setTimeout as pause } from 'node:timers/promises';
import { addFault } from './faults.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** What happens to the market and to the clock while programs run. */
export async function makeTrouble(scene) {
  const { dice, brief } = scene;
  let quiet = 0;
  while (!scene.over) {
    await pause(dice.between(500, 4000) / (brief ? 3 : 1));
    if (scene.paused || scene.over) continue;
    await addFault(scene);
    if (++quiet < 12) continue;
    // What is asked for and never used up would weigh on one server for ever.
    quiet = 0;
    await scene.market.calm();
    await stepClock(scene);
  }
}

async function stepClock({ dice, clock, log, brief }) {
  if (dice.chance(0.3)) {
    // Who waits for a server when the clock is set back waits so much longer.
    const behind = dice.chance(0.5) ? 0 : dice.between(1000, brief ? 5000 : 3 * MINUTE);
    clock.lagBehind(behind);
    log.count('clock set back or put right');
    log.write('clock', { behind });
    return;
  }
  const ahead = dice.chance(0.04) ? DAY : Math.exp(dice.between(Math.log(MINUTE), Math.log(360 * MINUTE)));
  await clock.step(ahead);
  log.count('clock set forward');
  log.write('clock', { ahead });
}
