#!/usr/bin/env node
// oclif alone costs more than a version line is worth, and more than a shell's question at the press of a key: those are
// answered before it is imported.
import { fileURLToPath } from 'node:url';

const [first, ...others] = process.argv.slice(2);

// `almanac … | head` closes the pipe early: that is the reader's right, not a failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

if ((first === '--version' || first === '-v') && others.length === 0) {
  const { readFileSync } = await import('node:fs');
  const pkg = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${pkg.name}/${pkg.version} ${process.platform}-${process.arch} node-${process.version}\n`);
} else if (first === '__complete') {
  const { complete } = await import('./complete.js');
  process.stdout.write(await complete(others).catch(() => ''));
} else {
  const { execute } = await import('@oclif/core/execute');
  const { loadConfig } = await import('../dist/wiring/load-config.js');
  const { noteLoadTroubles } = await import('../dist/cli/providers/load-troubles.js');
  // Read here, before anything that was installed is loaded.
  const end = process.argv.indexOf('--');
  const flagged = process.argv.slice(2, end < 0 ? undefined : end).includes('--no-plugins');
  const safe = flagged || /^(1|true|yes)$/i.test(process.env.ALMANAC_NO_PLUGINS ?? '');
  const { config, troubles } = await loadConfig({ root: fileURLToPath(import.meta.url), safe });
  noteLoadTroubles(troubles);
  await execute({ loadOptions: config });
}
