import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Config, Plugin } from '@oclif/core/config';

/**
 * oclif reads what commands there are from `oclif.manifest.json`; without one it imports every command of every plugin
 * before it runs any: 80 ms of each start (2026-11-21). Made by the build, so it is as fresh as `dist/` is.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const config = await Config.load({ root, userPlugins: false });
for (const { root: folder, name, manifest } of config.plugins.values()) {
  const ours = !folder.includes('node_modules') && Object.keys(manifest.commands).length > 0;
  if (!ours) continue;
  // Config's own ignoreManifest stops at Config: each plugin reads the old file, and a new command was never known.
  const plugin = new Plugin({ root: folder, name, type: 'core', ignoreManifest: true });
  await plugin.load();
  await writeFile(join(folder, 'oclif.manifest.json'), JSON.stringify(plugin.manifest));
}
