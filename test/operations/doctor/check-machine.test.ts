import { describe, expect, it } from '@jest/globals';
import {
  checkDisk,
  checkFolder,
  checkLocks,
  checkNode,
  type FolderFacts,
} from '../../../src/operations/doctor/check-machine.js';

const seen: FolderFacts = {
  folder: '/data/market',
  kind: 'folder',
  nearest: '/data/market',
  readable: true,
  writable: true,
  freeBytes: 5e10,
};
const format = (bytes: number) => `${bytes} B`;

describe('the cache folder', () => {
  it.each<[Partial<FolderFacts>, string, RegExp]>([
    [{}, 'fine', /can be read and written/],
    [{ kind: 'absent', nearest: '/data' }, 'fine', /is not there yet/],
    [{ kind: 'absent', nearest: '/data', writable: false }, 'wrong', /^\/data cannot be written to/],
    [{ kind: 'other' }, 'wrong', /is not a folder/],
    [{ readable: false }, 'wrong', /cannot be read/],
    [{ writable: false }, 'wrong', /cannot be written to/],
  ])('%j is %s', (more, state, detail) => {
    const finding = checkFolder({ ...seen, ...more });
    expect(finding).toMatchObject({ state, detail: expect.stringMatching(detail) });
    expect(finding.next !== undefined).toBe(state !== 'fine');
  });
});

it('counts what is free', () => {
  const state = (freeBytes: number | undefined) => checkDisk({ ...seen, freeBytes }, format).state;
  expect([5e10, 5e8, 1e7, undefined].map(state)).toEqual(['fine', 'warning', 'wrong', 'warning']);
});

it('wants a Node that is new enough, and locks', () => {
  const states = ['v20.11.1', 'v20.12.0', 'v18.20.0', 'v22.1.0'].map((version) => checkNode(version).state);
  expect(states).toEqual(['wrong', 'fine', 'wrong', 'fine']);
  expect(checkLocks(undefined).state).toBe('fine');
  expect(checkLocks('no addon')).toMatchObject({ state: 'wrong', detail: 'no addon' });
});
