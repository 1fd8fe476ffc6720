import type { Task } from './ask.js';
import type { SeriesPlan } from './plan-series.js';

const bySoonest = (a: Task, b: Task): number => Number(a.again === 'only') - Number(b.again === 'only');

/** Round robin over the series, so that many symbols move at once and a commit of one meets a download of another. */
export function queueByProvider(plans: readonly SeriesPlan[]): Map<string, Task[]> {
  const queues = new Map<string, Task[]>();
  // What is missing goes before what is only not final: an allowance may end in between.
  const ordered = plans.map(({ ask, tasks }) => ({ ask, tasks: [...tasks].sort(bySoonest) }));
  const longest = Math.max(0, ...plans.map((plan) => plan.tasks.length));
  for (let i = 0; i < longest; i++) {
    for (const { ask, tasks } of ordered) {
      const task = tasks[i];
      if (task === undefined) continue;
      const queue = queues.get(ask.choice.provider) ?? [];
      queue.push(task);
      queues.set(ask.choice.provider, queue);
    }
  }
  return queues;
}
