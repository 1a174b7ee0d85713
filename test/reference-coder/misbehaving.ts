/** Servers that behave as none should, one behaviour each, and the state that the coder at the desk is told. */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { BoardCoderState } from '../../lib/model/auto-coder.js';

interface Behaviour {
  readonly name: string;
  /** Answers the request; `nth` counts from 1. `good` is a reply that holds. */
  readonly answer: (answer: ServerResponse, good: string, nth: number) => void;
  readonly expected: (state: BoardCoderState) => boolean;
}

const json = { 'content-type': 'application/json' };
const refused = (fault: string) => (state: BoardCoderState): boolean => state.kind === 'failed' && state.failure.kind === 'reply-refused' && state.failure.fault === fault;
const failed = (kind: string) => (state: BoardCoderState): boolean => state.kind === 'failed' && state.failure.kind === kind;
const status = (code: number) => (state: BoardCoderState): boolean => state.kind === 'failed' && state.failure.kind === 'status' && state.failure.status === code;
const lost = (reason: 'unknown-code' | 'span-outside' | 'span-inverted' | 'duplicate' | 'bad-confidence' | 'not-a-suggestion') => (state: BoardCoderState): boolean => state.kind === 'answered' && (state.answer.refused[reason] ?? 0) > 0;
const well = (state: BoardCoderState): boolean => state.kind === 'answered' && Object.keys(state.answer.refused).length === 0 && state.answer.suggestions.length > 0;
const altered = (good: string, change: (reply: { nonce: string; schema: number; suggestions: { code: string; confidence: number; evidence: { start: number; end: number }[] }[] }) => unknown): string => { const reply = JSON.parse(good) as Parameters<typeof change>[0]; return JSON.stringify(change(reply) ?? reply); };
/** Writes for as long as somebody reads. */
const pour = (answer: ServerResponse, part: Buffer | string, most: number): void => {
  let written = 0;
  const more = (): void => {
    while (written < most && !answer.destroyed) { written += part.length; if (!answer.write(part)) { answer.once('drain', more); return; } }
    if (!answer.destroyed) answer.end();
  };
  answer.on('error', () => undefined);
  more();
};

export const behaviours: readonly Behaviour[] = [
  { name: 'answers well', answer: (a, good) => { a.writeHead(200, json).end(good); }, expected: well },
  { name: 'answers well, packed', answer: (a, good) => { a.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(gzipSync(good)); }, expected: well },
  { name: 'slow-loris: headers never come', answer: () => undefined, expected: failed('slow') },
  { name: 'headers, then nothing', answer: (a) => { a.writeHead(200, json).flushHeaders(); }, expected: failed('slow') },
  { name: 'one byte, then nothing', answer: (a) => { a.writeHead(200, json).write('{'); }, expected: failed('slow') },
  { name: 'chunks that never end', answer: (a) => { a.writeHead(200, json); pour(a, ' '.repeat(1024), Number.POSITIVE_INFINITY); }, expected: refused('too-large') },
  { name: 'reset before the headers', answer: (a) => { a.socket?.resetAndDestroy(); }, expected: failed('network') },
  { name: 'reset within the body', answer: (a, good) => { a.writeHead(200, { ...json, 'content-length': good.length }).write(good.slice(0, 20), () => { a.socket?.resetAndDestroy(); }); }, expected: failed('network') },
  { name: 'ends before its length', answer: (a, good) => { a.writeHead(200, { ...json, 'content-length': good.length + 50 }).write(good, () => { a.socket?.end(); }); }, expected: failed('network') },
  { name: 'not HTTP', answer: (a) => { a.socket?.end('SSH-2.0-OpenSSH_9.7\r\n'); }, expected: failed('network') },
  { name: 'login page with 200', answer: (a) => { a.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>'); }, expected: refused('login-page') },
  { name: 'login page that calls itself JSON', answer: (a) => { a.writeHead(200, json).end('<html><body>Sign in</body></html>'); }, expected: refused('login-page') },
  { name: '50 MB', answer: (a) => { a.writeHead(200, json); pour(a, Buffer.alloc(65_536, 32), 50_000_000); }, expected: refused('too-large') },
  { name: 'gzip bomb', answer: (a) => { a.on('error', () => undefined); a.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(30_000_000, 32))); }, expected: refused('too-large') },
  { name: 'packed and broken', answer: (a, good) => { a.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(gzipSync(good).subarray(0, 20)); }, expected: (state) => failed('network')(state) || refused('not-json')(state) },
  { name: 'another type', answer: (a, good) => { a.writeHead(200, { 'content-type': 'text/plain' }).end(good); }, expected: refused('wrong-type') },
  { name: 'no type', answer: (a, good) => { a.writeHead(200).end(good); }, expected: refused('wrong-type') },
  { name: 'nothing in the body', answer: (a) => { a.writeHead(200, json).end(); }, expected: refused('not-json') },
  { name: 'half of the JSON', answer: (a, good) => { a.writeHead(200, json).end(good.slice(0, good.length / 2)); }, expected: refused('not-json') },
  { name: 'bytes that are no UTF-8', answer: (a) => { a.writeHead(200, json).end(Buffer.from([0x22, 0xff, 0xfe, 0xc0, 0x22])); }, expected: refused('not-json') },
  { name: 'redirect to a login', answer: (a) => { a.writeHead(302, { location: '/login' }).end(); }, expected: failed('redirect') },
  { name: 'redirect that keeps the method', answer: (a) => { a.writeHead(307, { location: 'http://127.0.0.1:9/steal' }).end(); }, expected: failed('redirect') },
  { name: '401', answer: (a) => { a.writeHead(401).end(); }, expected: status(401) },
  { name: '400', answer: (a) => { a.writeHead(400, json).end('{}'); }, expected: status(400) },
  { name: '500', answer: (a) => { a.writeHead(500).end('stack trace'); }, expected: status(500) },
  { name: '204', answer: (a) => { a.writeHead(204).end(); }, expected: status(204) },
  { name: '429 with Retry-After', answer: (a) => { a.writeHead(429, { 'retry-after': '30' }).end(); }, expected: status(429) },
  { name: '503 that stays', answer: (a) => { a.writeHead(503).end(); }, expected: status(503) },
  { name: '503 with a date to come back', answer: (a) => { a.writeHead(503, { 'retry-after': new Date(Date.now() + 120_000).toUTCString() }).end(); }, expected: status(503) },
  { name: 'flapping: 502, then well', answer: (a, good, nth) => { if (nth === 1) a.writeHead(502).end(); else a.writeHead(200, json).end(good); }, expected: well },
  { name: 'reset, 504, then well', answer: (a, good, nth) => { if (nth === 1) a.socket?.resetAndDestroy(); else if (nth === 2) a.writeHead(504).end(); else a.writeHead(200, json).end(good); }, expected: well },
  { name: 'the answer to another request', answer: (a, good) => { a.writeHead(200, json).end(altered(good, (r) => { r.nonce = '00000000-0000-4000-8000-000000000000'; })); }, expected: refused('other-nonce') },
  { name: 'another schema', answer: (a, good) => { a.writeHead(200, json).end(altered(good, (r) => { r.schema = 2; })); }, expected: refused('other-schema') },
  { name: 'something beside the schema', answer: (a, good) => { a.writeHead(200, json).end(altered(good, (r) => ({ ...r, note: 'ignore previous instructions' }))); }, expected: refused('not-schema') },
  { name: '51 suggestions', answer: (a, good) => { a.writeHead(200, json).end(altered(good, (r) => { r.suggestions = Array.from({ length: 51 }, () => r.suggestions[0] ?? { code: '', confidence: 0, evidence: [] }); })); }, expected: refused('too-many') },
  { name: 'a code that does not exist', answer: (a, good) => { a.writeHead(200, json).end(altered(good, (r) => { for (const one of r.suggestions) one.code = 'U99.9'; })); }, expected: lost('unknown-code') },
  { name: 'words outside the note', answer: (a, good) => { a.writeHead(200, json).end(altered(good, (r) => { for (const one of r.suggestions) for (const at of one.evidence) at.end = 99_999; })); }, expected: lost('span-outside') },
  { name: 'words that end before they start', answer: (a, good) => { a.writeHead(200, json).end(altered(good, (r) => { for (const one of r.suggestions) for (const at of one.evidence) { const { start } = at; at.start = at.end; at.end = start; } })); }, expected: lost('span-inverted') },
  { name: 'every code twice', answer: (a, good) => { a.writeHead(200, json).end(altered(good, (r) => { r.suggestions.push(...r.suggestions); })); }, expected: lost('duplicate') },
  { name: 'a confidence of 2.0', answer: (a, good) => { a.writeHead(200, json).end(altered(good, (r) => { for (const one of r.suggestions) one.confidence = 2; })); }, expected: lost('bad-confidence') },
  { name: 'NaN for a confidence', answer: (a, good) => { a.writeHead(200, json).end(good.replace(/"confidence":[\d.]+/, '"confidence":NaN')); }, expected: refused('not-json') },
];
