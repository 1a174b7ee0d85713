import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { transformSync } from 'esbuild';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bind, isSameContext, present, type ContextKey } from '../../../lib/model/context.js';

const parts = ['tab', 'frame', 'reader', 'epoch', 'subject', 'episode', 'note'] as const;
const small = fc.nat(3);
const word = fc.constantFrom('a', 'b', 'c');
const keys = fc.record({ tab: small, frame: small, reader: word, epoch: small, subject: fc.constantFrom('a', 'b', 'unknown'), episode: fc.constantFrom('a', 'b', 'unknown'), note: word }) as unknown as fc.Arbitrary<ContextKey>;

/** Says whether a guard lets an answer through that was made for another context, or holds back one that was made for this. */
function isSound(guard: typeof isSameContext): boolean {
  return !fc.check(fc.property(keys, fc.constantFrom(...parts), fc.constantFrom<string | number>(0, 1, 2, 3, 'a', 'b', 'c'), (key, part, value) => {
    const other = { ...key, [part]: value } as ContextKey;
    const same = parts.every((one) => key[one] === other[one]) && key.subject !== 'unknown';
    return guard(key, other) === same;
  }), { numRuns: 2000, seed: 7 }).failed;
}

test('an answer opens only against the context that it was made for', () => {
  expect(isSound(isSameContext)).toBe(true);
  const key = { tab: 1, frame: 0, reader: 'r', epoch: 2, subject: 's', episode: 'e', note: 'n' } as unknown as ContextKey;
  expect(present(bind(key, 'words'), { ...key })).toBe('words');
  expect(present(bind(key, 'words'), { ...key, epoch: 3 })).toBeNull();
  expect(present(bind({ ...key, subject: 'unknown' }, 'words'), { ...key, subject: 'unknown' })).toBeNull();
});

test('a guard that forgets any one part of the key is found out', () => {
  const source = readFileSync(join(import.meta.dirname, '../../../lib/model/context.ts'), 'utf8');
  const caught: string[] = [];
  const mutants = [...parts.map((part) => `a.${part} === b.${part}`), "a.subject !== 'unknown'"];
  for (const condition of mutants) {
    expect(source, condition).toContain(condition);
    const { code } = transformSync(source.replace(condition, 'true'), { loader: 'ts', format: 'cjs' });
    const module = { exports: {} as { isSameContext: typeof isSameContext } };
    runInNewContext(code, { module, exports: module.exports });
    if (!isSound(module.exports.isSameContext)) caught.push(condition);
  }
  console.info(`guard mutants: tried ${mutants.length}, caught ${caught.length}`);
  expect(caught).toEqual(mutants);
});
