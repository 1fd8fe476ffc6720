import { describe, expect, it } from '@jest/globals';
import { describeFacts, type ProviderFacts } from '../../../src/cli/providers/provider-facts.js';
import { renderFindings } from '../../../src/cli/providers/render-findings.js';
import { renderRule, totalRules } from '../../../src/cli/providers/render-rules.js';
import { formatDuration } from '../../../src/cli/terminal/format-duration.js';
import { shortenTimeframes } from '../../../src/cli/terminal/format-timeframes.js';
import { hangText } from '../../../src/cli/terminal/hang-text.js';
import type { Terminal } from '../../../src/cli/terminal/terminal.js';

const WIDE: Terminal = { live: true, redraws: true, width: 80, colour: false, unicode: true };

it('says a duration in the largest unit that fits', () => {
  expect([1000, 60_000, 3_600_000, 86_400_000, 5_184_000_000, 90_000, 250].map(formatDuration)).toEqual([
    'a second',
    'a minute',
    'an hour',
    'a day',
    '60 days',
    '90 seconds',
    '250 ms',
  ]);
});

it('shortens timeframes to their ends', () => {
  expect(shortenTimeframes(['ticks', '1m', '5m', '1h'], true)).toBe('ticks, 1m–1h');
  expect(shortenTimeframes(['1m', '5m'], true)).toBe('1m, 5m');
  expect(shortenTimeframes(['1m', '5m', '1d'], false)).toBe('1m-1d');
  expect(shortenTimeframes([], true)).toBe('');
});

it('keeps further lines under the first', () => {
  const lines = hangText('word '.repeat(30).trim(), 80, 20).split('\n');
  expect(lines.length).toBe(3);
  expect(lines[0]?.length).toBeLessThanOrEqual(60);
  for (const line of lines.slice(1)) expect(line).toMatch(/^ {20}word/);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

describe('what doctor and check say', () => {
  it('has a mark, a name, what was found and what to type', () => {
    const findings = [
      { check: 'disk', state: 'fine' as const, detail: '5 GB free' },
      { check: 'yahoo', state: 'wrong' as const, detail: 'gone\u001b[2J', next: 'almanac providers info yahoo' },
    ];
    expect(renderFindings(findings, WIDE)).toEqual([
      '✓ disk           5 GB free',
      '✗ yahoo          gone\ufffd[2J',
      '                 Try: almanac providers info yahoo',
    ]);
    expect(renderFindings(findings, { ...WIDE, unicode: false })[1]).toMatch(/^x yahoo/);
  });

  it('names the rule, and shows why it is broken', () => {
    const broken = {
      rule: 'half-open-end',
      name: 'no bar at the end',
      outcome: 'fail' as const,
      reason: 'one came',
      evidence: ['row 1'],
    };
    expect(renderRule(broken, WIDE)).toEqual(['✗ half-open-end         one came', `${' '.repeat(24)}row 1`]);
    const held = { rule: 'grid', name: 'on the grid', outcome: 'pass' as const };
    const untried = { rule: 'probe', name: 'says it is up', outcome: 'skipped' as const, reason: 'it has none' };
    expect(renderRule(untried, WIDE)[0]).toContain('not tried: it has none');
    expect(totalRules([broken, held, untried])).toBe('3 rules: 1 hold, 1 does not, 1 could not be tried');
  });
});

it('describes a provider within the width, like timeframes on one line', () => {
  const offer = {
    assetClass: 'equity',
    market: null,
    reachesTo: Date.UTC(2024, 0, 1),
    reachAge: 60 * 86_400_000,
    barsPerRequest: 5000,
    volume: 'real',
    derived: false,
    grid: 'session' as const,
    archive: [],
  };
  const facts: ProviderFacts = {
    id: 'yahoo',
    title: 'Yahoo\u001b[2J',
    site: null,
    plugin: { name: 'p', version: '1.0.0', type: 'core', root: '/p' },
    offers: [
      ...['5m', '15m', '30m'].map((timeframe) => ({ ...offer, timeframe })),
      { ...offer, timeframe: '1d', reachAge: null },
    ],
    pools: {
      main: {
        concurrency: 2,
        windows: [
          { name: 'day', max: 25, perMs: 86_400_000, resetZone: 'America/New_York' },
          { name: 'weight', max: 6000, perMs: 60_000 },
        ],
      },
    },
    ownLimit: { concurrency: 1, windows: [{ name: 'weight', max: 100, perMs: 60_000 }] },
    hosts: ['https://a.example'],
    keys: [{ option: 'apiKey', env: ['A_KEY', 'B_KEY'], required: true, set: false, url: 'https://a.example/key' }],
    routes: [],
  };
  const lines = describeFacts(facts, WIDE);
  expect(lines.join('\n')).not.toContain('\u001b');
  expect(lines.filter((line) => line.startsWith('equity')).map((line) => line.split(/ {2,}/).slice(1, 4))).toEqual([
    ['5m–30m', '60 days', '5,000'],
    ['1d', '2024-01-01', '5,000'],
  ]);
  expect(lines).toContain(
    '  main: 2 requests at once; 25 requests a day, counted from midnight in America/New_York; 6,000 weight a minute',
  );
  expect(lines).toContain('  your settings hold instead: 1 at once; 100 weight a minute');
  expect(lines.join('\n')).toContain('apiKey: needed, and not set\n    export A_KEY=…\n    or export B_KEY=…');
});
