import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
interface Line {
  readonly id: string;
  readonly diagnostics: readonly { readonly rule: string; readonly start: number; readonly end: number }[];
  readonly mentions: readonly { readonly start: number; readonly end: number; readonly concept: string; readonly polarity: string; readonly codable: boolean }[];
  readonly suggestions: readonly { readonly classification: string; readonly code: string; readonly role: string; readonly position: number; readonly confidence: number; readonly shown: boolean; readonly evidence: readonly { readonly start: number; readonly end: number }[]; readonly because: readonly string[] }[];
  readonly rejected: readonly { readonly classification: string; readonly code: string; readonly start: number; readonly end: number; readonly because: readonly string[] }[];
  readonly assertions?: readonly unknown[];
}
function read(lines: string, ...options: readonly string[]): { readonly status: number | null; readonly said: string; readonly out: readonly Line[] } {
  const folder = mkdtempSync(join(tmpdir(), 'nodi-batch-'));
  writeFileSync(join(folder, 'in.jsonl'), lines);
  const done = spawnSync(process.execPath, ['--import', 'tsx', join(root, 'entrypoints/batch/read.ts'), join(folder, 'in.jsonl'), join(folder, 'out.jsonl'), ...options], { cwd: root, encoding: 'utf8' });
  const file = join(folder, 'out.jsonl');
  return { status: done.status, said: done.stderr, out: existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)) : [] };
}

describe('the batch reader', () => {
  it('reads good lines, names bad ones by number and goes on', () => {
    const text = 'Diagnosis: ?PD';
    const { status, said, out } = read(`\uFEFF${JSON.stringify({ id: 'a', text })}\r\nnot json\n${JSON.stringify({ id: 'b' })}\n\n${JSON.stringify({ id: 'c', text: 'NS++', specialty: 'Offthalmoleg' })}\n${JSON.stringify({ id: 'd', text: 'short', mentions: [{ start: 2, end: 99 }] })}\n`);
    expect(status).toBe(1);
    expect(said).toContain('Line 2: not JSON');
    expect(said).toContain('Line 3: text');
    expect(said).toContain('Line 6: mentions: 2–99 is not in a text of 5');
    expect(out.map((line) => line.id)).toEqual(['a', 'c']);
    expect(out[0]?.diagnostics.map((one) => text.slice(one.start, one.end))).toEqual(['?PD', 'PD']);
    expect(out[1]?.diagnostics[0]).toMatchObject({ rule: 'BM129', start: 0, end: 4 });
  });

  it('gives codes with their words and rules, what was rejected, and how given words are meant', () => {
    const text = 'Operation: right phaco and IOL\nDiagnosis: cataract\nPMH: hypertension. No glaucoma. Mother had zzyx.';
    const zzyx = text.indexOf('zzyx');
    const { status, out: [line] } = read(`${JSON.stringify({ id: 'a', text, specialty: 'ophthalmology', mentions: [{ start: zzyx, end: zzyx + 4 }, { start: text.indexOf('glaucoma'), end: text.indexOf('glaucoma') + 8 }] })}\n`, '--classification-date', '2026-05-01');
    expect(status).toBe(0);
    expect(line?.suggestions.filter((one) => one.shown).map((one) => `${one.classification} ${one.code} ${one.role} ${one.position}`)).toEqual(['ICD-10 H269 primary 0', 'ICD-10 I10X secondary 1', 'OPCS-4 C751 primary 0', 'OPCS-4 C712 secondary 1', 'OPCS-4 Z942 secondary 2']);
    for (const one of line?.suggestions ?? []) {
      expect(one.evidence.length).toBeGreaterThan(0);
      expect(one.because.length).toBeGreaterThan(0);
      expect(one.confidence).toBeGreaterThan(0);
      expect(one.confidence).toBeLessThanOrEqual(1);
    }
    const [main] = line?.suggestions ?? [];
    expect(text.slice(main?.evidence[0]?.start, main?.evidence[0]?.end)).toBe('cataract');
    expect(line?.rejected).toContainEqual({ classification: 'ICD-10', code: 'H409', start: text.indexOf('glaucoma'), end: text.indexOf('glaucoma') + 8, because: ['negated'] });
    expect(line?.mentions.find((one) => one.start === text.indexOf('glaucoma'))).toMatchObject({ polarity: 'negated', codable: false });
    expect(line?.assertions).toEqual([
      { polarity: 'affirmed', certainty: 'certain', temporality: 'current', subject: 'family' }, { polarity: 'negated', certainty: 'certain', temporality: 'current', subject: 'patient' },
    ].map((one) => expect.objectContaining({ polarity: one.polarity, subject: one.subject })));
  });

  it('codes each line by the editions of its own day, and withholds a classification that has none for it', () => {
    const text = 'Operation: right phaco and IOL\nDiagnosis: cataract';
    const { status, said, out } = read([{ discharged: '2026-03-31' }, { discharged: '2026-04-01T09:30' }, { discharged: '2019-05-01' }, { discharged: '31/03/2026' }, {}].map((part, at) => JSON.stringify({ id: String(at), text, specialty: 'ophthalmology', ...part })).join('\n'), '--classification-date', '2026-05-01');
    expect(status).toBe(1);
    expect(said).toContain('Line 4: discharged: expected a day as YYYY-MM-DD');
    expect(said).toContain('1 with codes withheld');
    expect(out.map((line) => line.suggestions.filter((one) => one.shown).map(({ code }) => code).join(' '))).toEqual(['H269 C751 C712 Z942', 'H269 C751 C712 Z942', 'H269', 'H269 C751 C712 Z942']);
    expect(out.map((line) => (line as unknown as { withheld?: string[] }).withheld)).toEqual([undefined, undefined, ['OPCS-4'], undefined]);
  });

  it('decides the depth of each line by a list of criteria, says it in each line, and keeps what is not coded as unknown', () => {
    const list = 'assets/exceptions/criteria.json';
    const text = 'Diagnosis: IIH\nProcedure: lumbar puncture\nPMH: asthma\n34-year-old woman. Discharged home.';
    const lines = [{ admitted: '2026-10-21', discharged: '2026-10-30' }, { admitted: '2026-10-30', discharged: '2026-10-30', patient_class: 'Day case' }, {}].map((part, at) => JSON.stringify({ id: String(at), text, specialty: 'neurology', ...part })).join('\n');
    const { status, said, out } = read(lines, '--criteria', list);
    const told = out as unknown as readonly { coding_depth: string; criterion: string | null; missing: readonly string[]; suggestions: readonly { code: string; shown: boolean }[]; rejected: readonly { code: string }[] }[];
    expect(status).toBe(0);
    expect(said).toContain('placeholder');
    expect(told.map(({ coding_depth, criterion, missing }) => [coding_depth, criterion, missing.join(' ')])).toEqual([['full', 'length-of-stay', ''], ['primary_only', null, ''], ['primary_only', null, 'length-of-stay critical-care']]);
    expect(told.map(({ suggestions }) => suggestions.find(({ code }) => code === 'J459')?.shown)).toEqual([true, false, false]);
    expect(told.flatMap(({ rejected }) => rejected)).toEqual([]);
    for (const depth of ['full', 'primary'] as const) expect(read(lines, '--depth', depth).out.map((line) => (line as unknown as { coding_depth: string }).coding_depth)).toEqual(Array.from({ length: 3 }, () => (depth === 'full' ? 'full' : 'primary_only')));
  });

  it('shows the main condition and the main group only, when asked', () => {
    const { out: [line] } = read(`${JSON.stringify({ id: 'a', text: 'Diagnosis: IIH\nProcedure: lumbar puncture\nPMH: asthma' })}\n`, '--depth', 'primary', '--specialty', 'neurology');
    expect(line?.suggestions.filter((one) => one.shown).map((one) => one.code)).toEqual(['G932', 'A559']);
    expect(line?.suggestions.map((one) => one.code)).toContain('J459');
  });

  it('keeps every offset inside the text, whatever the text is', () => {
    const texts = ['x'.repeat(1_000_000), '\uD800 diagnosis: migraine \uDFFF', 'Diagnosis: \u202Emigraine\u202C ?\u2066MS\u2069', 'Diagnosis: migraine '.repeat(2000), 'Mae ganddo asthma. Dim diabetes. He has migraine.', '\n\n\t: ,,, :: -- ?', 'a:'.repeat(50_000)];
    const started = performance.now();
    const { status, out } = read(texts.map((text, at) => JSON.stringify({ id: String(at), text })).join('\n'));
    let tried = 0;
    let bad = 0;
    out.forEach((line, at) => {
      const { length } = texts[at] as string;
      for (const span of [...line.mentions, ...line.rejected, ...line.suggestions.flatMap((one) => one.evidence)]) { tried += 1; if (!(span.start >= 0 && span.start < span.end && span.end <= length)) bad += 1; }
    });
    console.info(`odd texts ${out.length} in ${Math.round(performance.now() - started)} ms, spans tried ${tried}, bad ${bad}`);
    expect(status).toBe(0);
    expect(out.length).toBe(texts.length);
    expect(bad).toBe(0);
    expect(tried).toBeGreaterThan(100);
  });

  it('says when all is well, and when it cannot start', () => {
    expect(read(`${JSON.stringify({ id: 'a', text: '' })}\n`).status).toBe(0);
    expect(spawnSync(process.execPath, ['--import', 'tsx', join(root, 'entrypoints/batch/read.ts')], { cwd: root }).status).toBe(2);
    for (const [options, words] of [[['--depth', 'half'], 'full or primary'], [['--criteria', 'package.json'], 'the list, list: not-a-list'], [['--criteria', 'none.json'], 'cannot be read'], [['--criteria', 'package.json', '--depth', 'full'], 'one of the two'], [['--specialty', 'alchemy'], 'neurology'], [['--classification-date', '2026-13-45'], 'YYYY-MM-DD'], [['--classification-date', '2019-01-01'], 'no edition'], [['--nonsense'], 'nonsense']] as const) {
      const { status, said } = read(`${JSON.stringify({ id: 'a', text: '' })}\n`, ...options);
      expect(status, options.join(' ')).toBe(2);
      expect(said).toContain(words);
    }
  });
});
