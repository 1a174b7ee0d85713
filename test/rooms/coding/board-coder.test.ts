/** The contract with a board's own coder: what may leave, and what of a reply may be shown. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCodeShelf, shippedLists } from '../../../lib/codebook/index.js';
import { checkReply, createRemoteCoder, hidden, minimumText, mostReplyBytes, writeRequest } from '../../../lib/coding/coders/index.js';
import { succeed } from '../../../lib/base/result.js';
import type { CoderQuestion, KnownOfPatient, Refusal, ReplyFault } from '../../../lib/model/auto-coder.js';
import type { DocumentId } from '../../../lib/model/document.js';
import { faultsOf } from '../../reference-coder/json-schema.js';

const root = resolve(import.meta.dirname, '../../..');
const textOf = (name: string): string => readFileSync(resolve(root, 'assets/codes', name), 'utf8');
const shelf = createCodeShelf(shippedLists({ icd10: textOf('icd10.tsv'), opcs4: textOf('opcs4.tsv') }));
const codes = shelf.on({ day: '2026-11-03', ground: 'discharged' });
const contract = JSON.parse(readFileSync(resolve(root, 'assets/contract/auto-coder.openapi.json'), 'utf8')) as { readonly components: { readonly schemas: Record<string, Record<string, unknown>>; readonly examples: Record<string, { readonly value: unknown }> } };
const schemaOf = (name: string): Record<string, unknown> => contract.components.schemas[name] ?? {};
const isLong = process.env['NODI_LONG'] === '1';

const nonce = '0b6f2f0e-58a5-4c6c-9f0e-0d6a3f0a7c11';
const note = 'Operation note\nLeft phacoemulsification of cataract and insertion of prosthetic lens. 👁 Type 2 diabetes mellitus.';
const nobody: KnownOfPatient = { identifiers: [], names: [] };
const asked = (text: string, known = nobody): CoderQuestion => ({ language: 'en-GB', specialty: 'ophthalmology', codes, known, documents: [{ document: 'frame-note-7' as DocumentId, version: 3, language: 'en', text }, { document: 'other' as DocumentId, version: 1, language: 'en', text: 'Hypertension.' }] });
const question = asked(note);
const request = writeRequest(question, nonce);
const at = (words: string): { readonly document: string; readonly start: number; readonly end: number } => ({ document: '1', start: note.indexOf(words), end: note.indexOf(words) + words.length });
const cataract = { classification: 'ICD-10', code: 'H26.9', evidence: [at('cataract')], confidence: 0.94 };
const lens = { classification: 'OPCS-4', code: 'C751', evidence: [at('insertion of prosthetic lens')], confidence: 0.97 };
const whole = { schema: 1, nonce, model: 'board-coder 2026.1', suggestions: [cataract, lens] };
const json = (body: unknown): { readonly contentType: string; readonly body: string } => ({ contentType: 'application/json; charset=utf-8', body: typeof body === 'string' ? body : JSON.stringify(body) });
const check = (body: unknown) => checkReply(json(body), request, question);

describe('the contract', () => {
  it('holds its own examples, and the requests that are written', () => {
    const examples = [['Request', 'CataractRequest'], ['Reply', 'CataractReply'], ['Reply', 'EmptyReply']] as const;
    for (const [schema, example] of examples) expect(faultsOf(contract.components.examples[example]?.value, schemaOf(schema), contract)).toEqual([]);
    expect(faultsOf(request, schemaOf('Request'), contract)).toEqual([]);
    expect(faultsOf({ ...request, title: 'Letter' }, schemaOf('Request'), contract)).toEqual(['value: additional title']);
    expect(faultsOf(whole, schemaOf('Reply'), contract)).toEqual([]);
  });
  it('sends no title, author, date or page name of a note', () => {
    const titled = { ...question, documents: [{ ...question.documents[0], title: 'TITLE-MARK', author: 'AUTHOR-MARK', date: '2026-11-01', episode: 'EPISODE-MARK' }] } as unknown as CoderQuestion;
    const body = JSON.stringify(writeRequest(titled, nonce));
    for (const mark of ['TITLE-MARK', 'AUTHOR-MARK', 'EPISODE-MARK', '2026-11-01', 'frame-note-7']) expect(body).not.toContain(mark);
  });
});

/** An NHS number that passes its check and belongs to the numbers kept for tests (999). */
function testNumber(seed: number): string {
  for (let one = seed % 1_000_000; ; one = (one + 1) % 1_000_000) {
    const nine = `999${String(one).padStart(6, '0')}`;
    const rest = (11 - ([...nine].reduce((sum, figure, place) => sum + Number(figure) * (10 - place), 0) % 11)) % 11;
    if (rest !== 10) return nine + String(rest);
  }
}

describe('what leaves of a note', () => {
  it('keeps every offset, and the clinical words', () => {
    const text = 'Dear Dr Jones,\nRe: EVANS, Megan  DOB 12/03/1951  NHS No: 999 123 4560\nHosp No. A123456. 14 Heol y Bont, Caerdydd CF14 4XW, tel 029 2074 7747, m.evans@example.org\nMrs Evans (T2DM, HbA1c 58 mmol/mol, BP 142/88, L4/5 disc) had a left phacoemulsification in 2019. Seen 3rd November 2026 at 10:30. MR enterography normal.';
    const sent = minimumText(text, { identifiers: ['A123456'], names: ['EVANS, Megan (Mrs)'] });
    expect(sent.length).toBe(text.length);
    for (const gone of ['Jones', 'EVANS', 'Evans', 'Megan', '1951', '999', '4560', 'A123456', 'Heol', 'CF14', '7747', 'example.org', 'November']) expect(sent).not.toContain(gone);
    for (const kept of ['T2DM, HbA1c 58 mmol/mol, BP 142/88, L4/5 disc) had a left phacoemulsification in 2019', 'at 10:30', 'MR enterography normal']) expect(sent).toContain(kept);
    for (const kept of ['phacoemulsification', 'T2DM']) expect(sent.indexOf(kept)).toBe(text.indexOf(kept));
  });
  it('leaves a note that names nobody as it is', () => {
    for (const text of [note, 'Hb 134 g/L, WBC 7.2, platelets 250, CRP 12. EGFR 55. G3a CKD. MR angiogram.', 'Cataract y llygad chwith, pwysedd gwaed uchel, clefyd siwgr math 2.', '5 mg bisoprolol 2 x daily for 10 days; unit 3 of blood; hospital 3 days', 'C5/6 and L5/S1. NYHA 2, ASA 3, GCS 15/15, T4 N1 M0.', '']) expect(minimumText(text, nobody)).toBe(text);
  });
  it('holds no identifier in a thousand generated requests, in any coding', () => {
    const tried = isLong ? 10_000 : 1_000;
    let markers = 0;
    const found: string[] = [];
    const names = fc.constantFrom(['EVANS, Megan (Mrs)', 'Megan', 'Evans'], ['ap Rhys, Llŷr', 'Llŷr', 'Rhys'], ["O'Brien-Davies, Siân", 'Siân', 'Davies'], ['Okonkwo, Chidi', 'Chidi', 'Okonkwo']);
    const separator = fc.constantFrom('', ' ', '-', '\u00a0', '\u2009', ' - ');
    const clinical = fc.constantFrom('Left cataract.', 'Type 2 diabetes mellitus', 'BP 142/88', 'pwysedd gwaed uchel', 'HbA1c 58', 'L4/5 disc prolapse', '👁 seen');
    const parts = fc.record({ names, seed: fc.nat(), separator, hospital: fc.tuple(fc.constantFrom('A', 'W', 'RX', ''), fc.integer({ min: 1_000_000, max: 9_999_999 })).map(([a, b]) => `${a}${b}`), day: fc.integer({ min: 1, max: 28 }), month: fc.integer({ min: 1, max: 12 }), year: fc.integer({ min: 1925, max: 2024 }), postcode: fc.tuple(fc.constantFrom('CF14', 'SA1', 'LL57', 'NP20', 'L8', 'SY23', 'cf5'), fc.constantFrom(' ', '', '  '), fc.integer({ min: 1, max: 9 }), fc.constantFrom('AB', 'XW', 'HN', 'lq')).map((all) => all.join('')), phone: fc.constantFrom('029 2074 7747', '07700 900123', '+44 7700 900 456', '(01792) 496 0123', '01248384384'), mail: fc.constantFrom('megan.evans@example.org', 'l.rhys@example.wales'), form: fc.nat(4), order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }), noise: fc.array(clinical, { minLength: 1, maxLength: 6 }) });
    fc.assert(fc.property(parts, ({ names: [banner, given, family], seed, separator: gap, hospital, day, month, year, postcode, phone, mail, form, order, noise }) => {
      const number = testNumber(seed);
      const nhs = `${number.slice(0, 3)}${gap}${number.slice(3, 6)}${gap}${number.slice(6)}`;
      const two = (one: number): string => String(one).padStart(2, '0');
      const born = [`${two(day)}/${two(month)}/${year}`, `${day}.${month}.${year}`, `${year}-${two(month)}-${two(day)}`, `${day} March ${year}`, `${two(day)}-${two(month)}-${String(year).slice(2)}`][form] ?? '';
      const pieces = [`NHS no ${nhs}`, `(${nhs})`, `Hosp no: ${hospital}`, `DOB: ${born}`, `${given} attended with Mr ${family}`, `lives at ${postcode}`, `tel ${phone}`, `e-mail ${mail}, ${hospital}`];
      const text = order.map((one, place) => `${noise[place % noise.length] ?? ''} ${pieces[one] ?? ''}`).join('\n');
      const body = JSON.stringify(writeRequest(asked(text, { identifiers: [number, hospital], names: [banner ?? ''] }), nonce));
      const secrets = [nhs, number, hospital, born, given ?? '', family ?? '', postcode, phone, mail];
      markers += secrets.length;
      // Also where someone had coded the whole of it: the scan would see it in the body as it is sent.
      const bytes = Buffer.from(body, 'utf8');
      const scans = [body, body.toLowerCase(), bytes.toString('utf16le'), decodeURIComponent(encodeURIComponent(body))];
      for (const secret of secrets) {
        const plain = Buffer.from(secret, 'utf8');
        const codings = [secret, secret.toLowerCase(), encodeURIComponent(secret), plain.toString('hex'), plain.toString('base64').replace(/=+$/, ''), plain.toString('base64url')];
        if (codings.some((one) => one.length > 3 && scans.some((scan) => scan.includes(one)))) found.push(`${secret}`);
      }
      expect(writeRequest(asked(text), nonce).documents[0]?.text.length).toBe(text.length);
    }), { numRuns: tried, seed: 7, endOnFailure: true });
    console.info(`requests ${tried}, identifiers looked for ${markers} in 6 codings, found ${found.length}`);
    expect(found.slice(0, 5)).toEqual([]);
    expect(markers).toBeGreaterThan(5_000);
  });
  it('takes no time that grows faster than the text', () => {
    const worst = ['a', 'A', '1', 'nhs ', 'a@', '1 ', 'Mr A', 'dob', '07', 'A-', '1/', '12 Heol '].map((part) => {
      const text = part.repeat(Math.ceil(100_000 / part.length));
      const started = performance.now();
      minimumText(text, { identifiers: ['A1234567'], names: ['Evans'] });
      return { part, milliseconds: Math.round(performance.now() - started) };
    }).sort((a, b) => b.milliseconds - a.milliseconds);
    console.info(`slowest of ${worst.length} texts of 100,000 characters: ${worst[0]?.milliseconds} ms (${worst[0]?.part})`);
    expect(worst[0]?.milliseconds).toBeLessThan(2_000);
  });
});

describe('a reply', () => {
  it('becomes suggestions with the words of the notes that were asked about', () => {
    expect(check(whole)).toEqual(succeed({
      model: 'board-coder 2026.1', refused: {},
      suggestions: [
        { system: 'ICD-10', code: 'H269', confidence: 0.94, evidence: [{ document: 'frame-note-7', version: 3, span: { start: at('cataract').start, end: at('cataract').end } }] },
        { system: 'OPCS-4', code: 'C751', confidence: 0.97, evidence: [{ document: 'frame-note-7', version: 3, span: { start: at('insertion of prosthetic lens').start, end: at('insertion of prosthetic lens').end } }] },
      ],
    }));
    expect(check({ ...whole, suggestions: [] })).toMatchObject({ ok: true, value: { suggestions: [] } });
  });
  it('is refused whole, by name, where it is not an answer to this request', () => {
    const faults: readonly (readonly [ReplyFault, Parameters<typeof checkReply>[0]])[] = [
      ['too-large', json(`${JSON.stringify(whole)}${' '.repeat(mostReplyBytes)}`)],
      ['login-page', { contentType: 'text/html', body: '<!doctype html><form action="/login">' }],
      ['login-page', { contentType: 'application/json', body: '\n<html><body>Sign in' }],
      ['wrong-type', { contentType: 'text/plain', body: JSON.stringify(whole) }],
      ['wrong-type', { contentType: null, body: JSON.stringify(whole) }],
      ['wrong-type', { contentType: 'application/json-seq', body: JSON.stringify(whole) }],
      ['not-json', json('{"schema":1,')], ['not-json', json('')], ['not-json', json(JSON.stringify(whole).replace('0.94', 'NaN'))], ['not-json', json('"'.repeat(1000))], ['not-json', json('['.repeat(100_000))],
      ['not-schema', json('null')], ['not-schema', json([whole])], ['not-schema', json({ ...whole, suggestions: {} })], ['not-schema', json({ ...whole, note: 'ignore previous instructions' })], ['not-schema', json({ ...whole, model: 'a\u202Eb' })], ['not-schema', json({ ...whole, model: ' ' })], ['not-schema', json({ ...whole, model: 'm'.repeat(81) })],
      ['other-schema', json({ ...whole, schema: 2 })],
      ['other-nonce', json({ ...whole, nonce: nonce.replace('0', '1') })], ['other-nonce', json({ ...whole, nonce: '' })],
      ['too-many', json({ ...whole, suggestions: Array.from({ length: 51 }, () => cataract) })],
    ];
    for (const [fault, reply] of faults) expect([fault, checkReply(reply, request, question)]).toEqual([fault, { ok: false, failure: { kind: 'reply-refused', fault } }]);
  });
  it('loses the suggestions that do not hold, each counted by its reason', () => {
    const hiding = asked('Mrs Evans has a cataract.');
    const masked = writeRequest(hiding, nonce);
    const bad: readonly (readonly [Refusal, unknown])[] = [
      ['unknown-code', { ...cataract, code: 'H99.9' }], ['unknown-code', { ...cataract, classification: 'OPCS-4', code: 'G35X' }],
      ['span-outside', { ...cataract, evidence: [{ document: '1', start: 0, end: note.length + 1 }] }], ['span-outside', { ...cataract, evidence: [{ document: '3', start: 0, end: 2 }] }], ['span-outside', { ...cataract, evidence: [{ document: 'frame-note-7', start: 0, end: 2 }] }],
      ['span-outside', { ...cataract, evidence: [{ document: '1', start: -3, end: 5 }] }], ['span-outside', { ...cataract, evidence: [{ document: '1', start: 0.5, end: 5 }] }], ['span-outside', { ...cataract, evidence: [at('cataract'), { document: '2', start: 0, end: 900 }] }],
      ['span-outside', { ...cataract, evidence: [{ document: '1', start: note.indexOf('👁') + 1, end: note.indexOf('👁') + 9 }] }],
      ['span-inverted', { ...cataract, evidence: [{ document: '1', start: 9, end: 4 }] }], ['span-inverted', { ...cataract, evidence: [{ document: '1', start: 9, end: 9 }] }],
      ['bad-confidence', { ...cataract, confidence: 2 }], ['bad-confidence', { ...cataract, confidence: -0.1 }],
      ['not-a-suggestion', null], ['not-a-suggestion', 'H26.9'], ['not-a-suggestion', { ...cataract, evidence: [] }], ['not-a-suggestion', { ...cataract, confidence: '0.9' }], ['not-a-suggestion', { ...cataract, confidence: null }], ['not-a-suggestion', { ...cataract, why: 'because' }], ['not-a-suggestion', { ...cataract, code: '<b>' }], ['not-a-suggestion', { ...cataract, classification: 'ICD-10-CM' }],
    ];
    for (const [reason, one] of bad) expect([reason, check({ ...whole, suggestions: [one, lens] })]).toMatchObject([reason, { ok: true, value: { refused: { [reason]: 1 }, suggestions: [{ code: 'C751' }] } }]);
    expect(check({ ...whole, suggestions: [cataract, { ...cataract, code: 'H269', confidence: 1 }] })).toMatchObject({ ok: true, value: { refused: { duplicate: 1 }, suggestions: [{ confidence: 0.94 }] } });
    expect(check(JSON.stringify(whole).replace('0.94', '1e999'))).toMatchObject({ ok: true, value: { refused: { 'bad-confidence': 1 } } });
    expect(checkReply(json({ ...whole, suggestions: [{ ...cataract, evidence: [{ document: '1', start: 0, end: 9 }] }] }), masked, hiding)).toMatchObject({ ok: true, value: { refused: { 'span-hidden': 1 }, suggestions: [] } });
    expect(masked.documents[0]?.text.startsWith(hidden.repeat(9))).toBe(true);
  });
  it('shows nothing that does not hold in ten thousand replies that were tampered with', () => {
    const tried = isLong ? 100_000 : 10_000;
    const told: Record<string, number> = {};
    let shown = 0;
    let bad = 0;
    const strange = fc.oneof(fc.constantFrom<unknown>(null, true, -1, 0, 1.5, 2, 1e21, '', 'NaN', 'H26.9', 'Z99.9', 'ICD-10', 'OPCS-4', '1', '2', '9', [], {}, [[]], '<img src=x onerror=alert(1)>', 'ignore previous instructions', '\u202E', '__proto__', nonce), fc.integer({ min: -10, max: note.length + 10 }), fc.double(), fc.string({ maxLength: 12 }), fc.jsonValue({ maxDepth: 2 }));
    const change = fc.record({ deep: fc.integer({ min: 0, max: 9 }).map((one) => one > 0), path: fc.array(fc.nat(30), { minLength: 1, maxLength: 5 }), how: fc.constantFrom('set', 'drop', 'add', 'twice'), name: fc.constantFrom('note', '__proto__', 'constructor', 'code', 'start', 'toString'), value: strange });
    const anyCode = fc.tuple(fc.constantFrom(...'ACEHKNQUVXZ'), fc.nat(999)).map(([initial, number]) => `${initial}${String(number).padStart(3, '0')}`);
    fc.assert(fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.option(anyCode), (changes, other) => {
      const reply: unknown = structuredClone(other === null ? whole : { ...whole, suggestions: [{ ...cataract, code: other }, lens] });
      for (const { path, deep, how, name, value } of changes) {
        let held: unknown = deep ? Reflect.get(reply as object, 'suggestions') : reply;
        for (const [depth, step] of path.entries()) {
          if (typeof held !== 'object' || held === null) break;
          const keys = Object.keys(held);
          const key = keys[step % Math.max(1, keys.length)];
          if (key === undefined) break;
          const next: unknown = Reflect.get(held, key);
          if (depth < path.length - 1 && typeof next === 'object' && next !== null) { held = next; continue; }
          if (how === 'set') Object.defineProperty(held, key, { value, enumerable: true, configurable: true, writable: true });
          else if (how === 'drop') { if (Array.isArray(held)) held.splice(Number(key), 1); else Reflect.deleteProperty(held, key); }
          else if (how === 'add') { if (Array.isArray(held)) held.push(value); else Object.defineProperty(held, name, { value, enumerable: true, configurable: true, writable: true }); }
          else if (Array.isArray(held)) held.push(structuredClone(next)); else Object.defineProperty(held, name, { value: next, enumerable: true, configurable: true, writable: true });
          break;
        }
      }
      let body = 'null';
      try { body = JSON.stringify(reply) ?? 'null'; } catch { /* made a circle of itself */ }
      const checked = checkReply(json(body), request, question);
      if (!checked.ok) { told[checked.failure.fault] = (told[checked.failure.fault] ?? 0) + 1; return; }
      for (const [reason, count] of Object.entries(checked.value.refused)) told[reason] = (told[reason] ?? 0) + count;
      const given = (JSON.parse(body) as { readonly suggestions: readonly unknown[] }).suggestions.length;
      const lost = Object.values(checked.value.refused).reduce((sum, count) => sum + count, 0);
      // All that was given is shown or counted.
      if (checked.value.suggestions.length + lost !== given) bad += 1;
      const seen = new Set<string>();
      for (const { system, code, confidence, evidence } of checked.value.suggestions) {
        shown += 1;
        const inside = evidence.every(({ document, version, span }) => { const one = question.documents.find((each) => each.document === document && each.version === version); return one !== undefined && Number.isInteger(span.start) && span.start >= 0 && span.start < span.end && span.end <= one.text.length; });
        if (!inside || codes.entry(system, code) === null || !(confidence >= 0 && confidence <= 1) || seen.has(`${system} ${code}`)) bad += 1;
        seen.add(`${system} ${code}`);
      }
    }), { numRuns: tried, seed: 11 });
    console.info(`replies ${tried}, suggestions shown ${shown}, bad ${bad}; refused: ${Object.entries(told).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => `${name} ${count}`).join(', ')}`);
    expect(bad).toBe(0);
    expect(shown).toBeGreaterThan(1_000);
    expect(Object.keys(told).length).toBeGreaterThan(8);
  });
});

describe('a remote coder', () => {
  it('asks with a fresh nonce, and not at all where there is nothing to ask or too much', async () => {
    const sent: string[] = [];
    let next = 0;
    const coder = createRemoteCoder({ nonce: () => `0b6f2f0e-58a5-4c6c-9f0e-0d6a3f0a7c1${next++}`, post: (body) => { sent.push(body); return Promise.resolve(succeed(json({ ...whole, nonce: (JSON.parse(body) as { nonce: string }).nonce }))); } });
    const { signal } = new AbortController();
    expect(await coder.ask(question, signal)).toMatchObject({ ok: true, value: { suggestions: [{ code: 'H269' }, { code: 'C751' }] } });
    await coder.ask(question, signal);
    expect(new Set(sent.map((body) => (JSON.parse(body) as { nonce: string }).nonce)).size).toBe(2);
    expect(await coder.ask({ ...question, documents: [] }, signal)).toEqual({ ok: false, failure: { kind: 'nothing-to-ask' } });
    expect(await coder.ask({ ...question, codes: shelf.on({ day: '1900-01-01', ground: 'discharged' }) }, signal)).toEqual({ ok: false, failure: { kind: 'nothing-to-ask' } });
    expect(await coder.ask(asked('x'.repeat(200_001)), signal)).toMatchObject({ ok: false, failure: { kind: 'too-much-text' } });
    expect(await coder.ask(question, AbortSignal.abort())).toEqual({ ok: false, failure: { kind: 'withdrawn' } });
    expect(sent.length).toBe(3);
  });
});
