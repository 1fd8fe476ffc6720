import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const root = new URL('../../docs/', import.meta.url);
const load = (name: string) => import(new URL(`picture/${name}.js`, root).pathname);
const { readScreen, textOf } = await load('read-screen');
const { cutScene } = await load('cut-scene');
const { drawPicture } = await load('draw-picture');
const { record } = await load('record');

/** A progress line that is drawn over, colours, blocks, and a time that is another in every run. */
const RECORDING = [
  '1. A title\r\n\r\n$ almanac one\r\n',
  'working ░░░░\r\n\u001b[1A\u001b[J',
  '\u001b[2mSYMBOL\u001b[22m  \u001b[32m██\u001b[39m\u001b[31m▂\u001b[39m  a <b> & c\r\n',
  'in /tmp/some-folder\r\n5 bars added · 1.8 s\r\n\r\n$ almanac two\r\n2\r\n',
].join('');
const SIZE = { columns: 60 };

const draw = async (bytes: string): Promise<string> =>
  drawPicture([{ name: 'a window', rows: cutScene(await readScreen(bytes, SIZE), 'almanac one') }], {
    ...SIZE,
    title: 'Title',
    description: 'What is seen',
  });

describe('a recording becomes a picture', () => {
  it('by what stands on the screen at the end, in its colours', async () => {
    const screen = await readScreen(RECORDING, SIZE);
    expect(screen.map(textOf)).not.toContain('working ░░░░');
    const row = screen[3];
    expect(textOf(row)).toBe('SYMBOL  ██▂  a <b> & c');
    expect(row[0]).toEqual({ text: 'S', bold: false, dim: true, colour: 'plain' });
    expect(row.slice(8, 11).map(({ colour }: { colour: string }) => colour)).toEqual(['green', 'green', 'red']);
  });

  it('with one command alone, and without what differs between two runs', async () => {
    const rows = cutScene(await readScreen(RECORDING, SIZE), 'almanac one').map(textOf);
    expect(rows).toEqual(['$ almanac one', 'SYMBOL  ██▂  a <b> & c', '5 bars added']);
    expect(await draw(RECORDING.replace('1.8 s', '2.5 s').replace('some-folder', 'other'))).toBe(await draw(RECORDING));
    expect(() => cutScene([], 'almanac three')).toThrow('no line "$ almanac three"');
  });

  it('whose text is text, whose blocks have their height and colour, and which says what it is', async () => {
    const svg = await draw(RECORDING);
    expect(svg).toContain('<title id="title">Title</title>');
    expect(svg).toMatch(/<text class="dim" [^>]*textLength="50.4">SYMBOL<\/text>/);
    expect(svg).toContain('>a &lt;b&gt; &amp; c</text>');
    const [, tall] = /<rect class="green" [^>]*width="16.8" height="(\d+)"/.exec(svg) ?? [];
    const [, low] = /<rect class="red" [^>]*width="8.4" height="([\d.]+)"/.exec(svg) ?? [];
    expect(Number(low) / Number(tall)).toBeCloseTo(2 / 8, 1);
  });
});

(process.platform === 'linux' ? it : it.skip)('a program is recorded in a terminal as wide as is said', () => {
  const program = 'const { isTTY, columns } = process.stdout; console.log(String(isTTY), String(columns))';
  expect(record([process.execPath, '-e', program], { columns: 77, cwd: '.', env: {} })).toBe('true 77\r\n');
});

it('the picture in the README is small, and shows commands of the demo', () => {
  const svg = readFileSync(new URL('demo.svg', root), 'utf8');
  expect(svg.length).toBeLessThan(60_000);
  const demo = readFileSync(new URL('../bin/demo.js', root), 'utf8');
  for (const command of ['cache list', 'cache info DEMOUSDT 1h']) {
    expect(svg).toContain(command);
    expect(demo).toContain(`almanac('${command}')`);
  }
});
