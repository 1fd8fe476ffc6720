/** Does something with each, so many at a time. */
export async function atOnce(count, list, work) {
  const left = [...list];
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: count }, worker));
}
