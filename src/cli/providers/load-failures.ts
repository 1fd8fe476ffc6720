import type { Log } from '../terminal/log.js';
import { cleanText } from '../terminal/text.js';

interface Failure {
  readonly plugin: { readonly name: string; readonly version: string; readonly type: string };
  readonly reason: string;
}
interface Listed {
  readonly id: string;
  readonly problem?: string;
  readonly suggestion?: string;
}

/** What could not be loaded or used, as warnings: never in the way of what could. */
export function warnOfFailures(log: Log, failures: readonly Failure[], listed: readonly Listed[] = []): void {
  for (const { plugin, reason } of failures) {
    // A file is named by its whole path in the reason itself.
    const from = plugin.type === 'file' ? '' : `plugin ${plugin.name} ${plugin.version} (${plugin.type}): `;
    log.warn(cleanText(from + reason));
  }
  for (const { id, problem, suggestion } of listed) {
    if (problem === undefined) continue;
    log.warn(
      cleanText(`${id} cannot be used: ${problem}`) + (suggestion === undefined ? '' : `\n  Try: ${suggestion}`),
    );
  }
}
