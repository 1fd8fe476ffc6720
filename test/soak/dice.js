/** The same throws for the same seed (mulberry32). */
export function createDice(seed) {
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low, high) => low + random() * (high - low);
  const below = (count) => Math.floor(random() * count);
  const pick = (list) => list[below(list.length)];
  return {
    between,
    below,
    pick,
    chance: (share) => random() < share,
    some: (list) => {
      const chosen = list.filter(() => random() < 0.5);
      return chosen.length === 0 ? [pick(list)] : chosen;
    },
    weighed(weights) {
      let left = random() * Object.values(weights).reduce((sum, weight) => sum + weight, 0);
      for (const [name, weight] of Object.entries(weights)) {
        left -= weight;
        if (left < 0) return name;
      }
      return Object.keys(weights)[0];
    },
  };
}
