import { describe, expect, it } from '@jest/globals';
import { renderPackage, type ShownPackage } from '../../../src/cli/providers/package-facts.js';

const NOW = Date.UTC(2024, 5, 15, 12);
const DAY = 86_400_000;
const PLAIN = { live: true, redraws: true, width: 80, colour: false, unicode: true };

const shown = (more: Partial<ShownPackage> = {}): ShownPackage => ({
  ...{ name: 'almanac-provider-x', version: '1.2.3', integrity: `sha512-${'a'.repeat(86)}==`, source: 'npm registry' },
  ...{ attested: false, dependencies: [], scripts: [], hosts: [], secrets: [] },
  ...more,
});
const line = (label: string, more: Partial<ShownPackage>): string | undefined =>
  renderPackage(shown(more), NOW, PLAIN).find((each) => each.startsWith(`  ${label}`));

describe('renderPackage', () => {
  it('leaves nothing out where a package says nothing of itself', () => {
    expect(renderPackage(shown(), NOW, PLAIN)).toEqual([
      'almanac-provider-x 1.2.3',
      '  from       npm registry',
      '  publisher  unknown: nothing vouches for it',
      '  released   unknown',
      '  depends on no other package',
      '  asks       declares no host',
      '  secrets    declares none',
      `  integrity  sha512-${'a'.repeat(86)}==`,
    ]);
  });

  it.each([
    [NOW - 1, '2024-06-15, today'],
    [NOW - DAY, '2024-06-14, a day ago'],
    [NOW - 40 * DAY, '2024-05-06, 40 days ago'],
    [NOW - 1200 * DAY, '2021-03-03, 3 years ago'],
  ])('tells the age of a release', (publishedAt, text) =>
    expect(line('released', { publishedAt })).toBe(`  released   ${text}`),
  );

  it('fits 80 columns, but for what is to be copied, and lets no name move the cursor', () => {
    const dependencies = Array.from({ length: 20 }, (_, i) => `dependency-${i}`);
    const lines = renderPackage(shown({ dependencies, hosts: ['https://x\u001b[2J\r\ny'] }), NOW, PLAIN);
    for (const each of lines.filter((text) => !text.startsWith('  integrity')))
      expect(each.length).toBeLessThanOrEqual(80);
    expect(lines.join('')).toContain('depends on 20 packages: dependency-0, ');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: there must be none
    expect(lines.join('')).not.toMatch(/[\u0000-\u001f]/);
  });
});
