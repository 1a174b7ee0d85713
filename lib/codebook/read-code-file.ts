import { fail, succeed, type Result } from '../base/result.js';
import { readCode, type ClinicalCode, type CodeEntry, type CodeSystem } from '../model/code.js';
import type { ImportFailure } from '../model/codebook.js';
import { eachLine, type ReadingOptions } from './read-lines.js';

/** Fewer four-character codes than this, and the file was cut off: ICD-10 has more than 12,000, OPCS-4 more than 9,000 (TRUD items 259 and 119). */
export const fewestCodes: Readonly<Record<CodeSystem, number>> = { 'ICD-10': 10_000, 'OPCS-4': 8_000 };

interface Row { readonly code: ClinicalCode; readonly title: string; readonly usage: string; readonly sex: CodeEntry['sex']; readonly from: string; readonly to: string }
type Read = { readonly kind: 'row'; readonly row: Row } | { readonly kind: 'skip' } | { readonly kind: 'bad'; readonly reason: 'no-code' | 'no-title' | 'columns' };
interface Layout { readonly system: CodeSystem; readonly read: (line: string, number: number) => Read }

const skip: Read = { kind: 'skip' };
const bad = (reason: 'no-code' | 'no-title' | 'columns'): Read => ({ kind: 'bad', reason });
const unquoted = (cell: string): string => cell.trim().replace(/^"(.*)"$/s, '$1').replace(/""/g, '"').trim();
const isHeading = (code: string): boolean => /^[A-Z]\d\d(?:\.?-)?$/.test(code);

function sexOf(mask: string): CodeEntry['sex'] {
  return /^(?:F|2|female)$/i.test(mask) ? 'female' : /^(?:M|1|male)$/i.test(mask) ? 'male' : null;
}

/** ICD-10 5th Edition, codes, titles and metadata (TRUD item 259): tab-separated, one header row whose names say which column is which. */
function icd10Layout(header: string): Layout | null {
  const names = header.split('\t').map((name) => unquoted(name).toUpperCase());
  const at = (name: string): number => names.indexOf(name);
  const code = at('CODE') >= 0 ? at('CODE') : at('ALT_CODE');
  if (code < 0 || at('DESCRIPTION') < 0) return null;
  return {
    system: 'ICD-10',
    read(line, number) {
      if (number === 1 || line.trim() === '') return skip;
      const cells = line.split('\t').map(unquoted);
      if (cells.length <= Math.max(code, at('DESCRIPTION'))) return bad('columns');
      const cell = (name: string): string => cells[at(name)] ?? '';
      const written = cells[code] ?? '';
      const sent = readCode(cell('ALT_CODE') || written);
      // A category that is subdivided stands as a heading of its codes.
      if (isHeading(written) && !/X$/.test(cell('ALT_CODE'))) return skip;
      if (/^[A-Z]\d\d-[A-Z]\d\d$/.test(written) || /^[A-Z]\d\d\.?\d{2}$/.test(written)) return skip;
      if (!sent) return bad('no-code');
      const title = [cell('DESCRIPTION'), cell('MODIFIER_4'), cell('MODIFIER_5')].filter((part) => part !== '').join(' - ');
      if (title === '') return bad('no-title');
      return { kind: 'row', row: { code: sent, title, usage: cell('USAGE'), sex: sexOf(cell('GENDER_MASK')), from: cell('MIN_AGE'), to: cell('MAX_AGE') } };
    },
  };
}

/** OPCS-4, codes and titles (TRUD item 119): tab-separated, no header, dotted or undotted. */
const opcsTitles: Layout = {
  system: 'OPCS-4',
  read(line) {
    if (line.trim() === '') return skip;
    const [written = '', title = '', ...more] = line.split('\t').map(unquoted);
    if (more.some((cell) => cell !== '')) return bad('columns');
    if (isHeading(written)) return skip;
    const code = readCode(written);
    if (!code || code.endsWith('X')) return bad('no-code');
    return title === '' ? bad('no-title') : { kind: 'row', row: { code, title, usage: '', sex: null, from: '', to: '' } };
  },
};

/** OPCS-4 metadata (TRUD item 119): fixed width, no header; titles in capitals, sex scrutiny at 191. */
const opcsFixed: Layout = {
  system: 'OPCS-4',
  read(line) {
    if (line.trim() === '') return skip;
    if (line.length < 107) return bad('columns');
    const code = readCode(line.slice(12, 24));
    if (!code || code.endsWith('X')) return isHeading(line.slice(12, 24).trim()) ? skip : bad('no-code');
    const title = line.slice(84, 191).trim();
    return title === '' ? bad('no-title') : { kind: 'row', row: { code, title, usage: '', sex: sexOf(line.slice(191, 193).trim()), from: '', to: '' } };
  },
};

const entity: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decoded = (text: string): string => text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(amp|lt|gt|quot|apos));/gi, (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
  if (name) return entity[name.toLowerCase()] ?? whole;
  const point = decimal ? Number(decimal) : parseInt(hex ?? '', 16);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
});

/** The XML twins put one code on a line, or all on one: they are laid out as lines of tabs before they are read. */
function linesOfXml(text: string): { readonly system: CodeSystem; readonly text: string } | null {
  const rows: string[] = [];
  let system: CodeSystem | null = null;
  for (const match of text.matchAll(/<(?:code|meta|row|item)\b([^<>]{1,2000})\/?>/gi)) {
    const attributes = new Map([...(match[1] ?? '').matchAll(/([A-Z_0-9]+)\s*=\s*"([^"]*)"/gi)].map(([, name = '', value = '']) => [name.toUpperCase(), decoded(value)]));
    const code = attributes.get('CODE') ?? attributes.get('OPERATION_CODE') ?? '';
    const title = attributes.get('TITLE') ?? attributes.get('DESCRIPTION') ?? attributes.get('OPERATION_NAME_4') ?? '';
    if (attributes.has('ALT_CODE')) system = 'ICD-10'; else if (attributes.has('TITLE') || attributes.has('OPERATION_CODE')) system ??= 'OPCS-4';
    rows.push(system === 'ICD-10' ? ['CODE', 'ALT_CODE', 'USAGE', 'DESCRIPTION', 'MODIFIER_4', 'MODIFIER_5', 'GENDER_MASK', 'MIN_AGE', 'MAX_AGE'].map((name) => attributes.get(name) ?? '').join('\t') : `${code}\t${title}`);
  }
  if (!system) return null;
  return { system, text: system === 'ICD-10' ? ['CODE\tALT_CODE\tUSAGE\tDESCRIPTION\tMODIFIER_4\tMODIFIER_5\tGENDER_MASK\tMIN_AGE\tMAX_AGE', ...rows].join('\n') : rows.join('\n') };
}

/** The layout of a file, known by what is in it; null for anything else (a PDF, a zip, a page that asks for a password, equivalence tables). */
function layoutOf(text: string): { readonly layout: Layout; readonly text: string } | null {
  const start = text.replace(/^\uFEFF/, '').slice(0, 4000);
  if (/^(?:%PDF|PK\u0003\u0004|\s*<!doctype html|\s*<html)/i.test(start) || start.includes('\u0000')) return null;
  if (/^\s*<\?xml|^\s*<dsv\b|^\s*<[a-z:]+[^>]*xmlns/i.test(start)) {
    const xml = linesOfXml(text);
    if (!xml) return null;
    const layout = xml.system === 'ICD-10' ? icd10Layout(xml.text.slice(0, xml.text.indexOf('\n'))) : opcsTitles;
    return layout && { layout, text: xml.text };
  }
  const [first = ''] = start.split(/\r?\n/);
  const icd = icd10Layout(first);
  if (icd) return { layout: icd, text };
  if (/^"?[A-Z]\d\d(?:\.?[\d-])?"?\t[^\t]+$/.test(first.trim())) return { layout: opcsTitles, text };
  if (/^1\s{2,}/.test(first.replace(/\u00A0/g, ' ')) && first.length >= 107) return { layout: opcsFixed, text };
  return null;
}

/** The ages of a row; what is no number, or leaves nothing out, is none. */
function agesOf(from: string, to: string): CodeEntry['ages'] {
  const low = Number(from || '0');
  const high = Number(to || '130');
  return Number.isFinite(low) && Number.isFinite(high) && (low > 0 || high < 120) && low <= high ? { from: low, to: high } : null;
}

/**
 * Reads a file of one of the two classifications as the NHS distributes it. The first fault ends it, with its line; nothing half read is given.
 * `wanted` is the classification that the person said it is.
 */
export async function readCodeFile(text: string, wanted: CodeSystem, options: ReadingOptions & { readonly fewest?: number } = {}): Promise<Result<readonly CodeEntry[], ImportFailure>> {
  const known = layoutOf(text);
  if (!known) return fail({ kind: 'not-a-code-file' });
  const { layout } = known;
  if (layout.system !== wanted) return fail({ kind: 'other-classification', found: layout.system });
  const entries = new Map<ClinicalCode, CodeEntry>();
  let failure: ImportFailure | null = null;
  let last = 0;
  const end = await eachLine(known.text, (line, number) => {
    const read = layout.read(line, number);
    if (line.trim() !== '') last = number;
    if (read.kind === 'skip') return true;
    if (read.kind === 'bad') { failure = { kind: 'bad-line', line: number, reason: read.reason }; return false; }
    const { code, title, usage, sex, from, to } = read.row;
    if (entries.has(code)) { failure = { kind: 'double-code', line: number, code }; return false; }
    entries.set(code, { system: layout.system, code, title, dual: /asterisk/i.test(usage) ? 'asterisk' : /dagger/i.test(usage) ? 'dagger' : 'none', sex, ages: agesOf(from, to), usage: 0 });
    return true;
  }, options);
  if (end === 'cancelled') return fail({ kind: 'cancelled' });
  if (entries.size < (options.fewest ?? fewestCodes[wanted]) && (failure === null || isLast(failure, known.text))) return fail({ kind: 'truncated', line: last, codes: entries.size });
  return failure ? fail(failure) : succeed([...entries.values()]);
}

/** A fault on the last line of a short file is where it was cut off. */
function isLast(failure: ImportFailure, text: string): boolean {
  return failure.kind === 'bad-line' && failure.line >= text.trimEnd().split('\n').length;
}
