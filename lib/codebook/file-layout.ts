import { readCode, type ClinicalCode, type CodeEntry, type CodeSystem } from '../model/code.js';
import { countLines, linesOf, type FileLine } from './read-lines.js';

/** One code as a file gives it. */
export interface CodeRow { readonly code: ClinicalCode; readonly title: string; readonly usage: string; readonly sex: CodeEntry['sex']; readonly from: string; readonly to: string }
export type ReadRow = { readonly kind: 'row'; readonly row: CodeRow } | { readonly kind: 'skip' } | { readonly kind: 'bad'; readonly reason: 'no-code' | 'no-title' | 'columns' | 'characters' };

/** A file that was recognised by what is in it. */
export interface KnownFile {
  readonly system: CodeSystem;
  /** `codes`: titles as they are read. `metadata`: OPCS-4's own file with titles in capitals and the sex; it completes the other. */
  readonly part: 'codes' | 'metadata';
  /** Its lines, made as they are read: a large file never holds the page up. */
  readonly lines: () => Iterable<FileLine>;
  readonly of: number;
  readonly read: (line: FileLine) => ReadRow;
  /** The end of the file is missing: an XML without its closing tag. */
  readonly isCutOff: boolean;
}

const skip: ReadRow = { kind: 'skip' };
const bad = (reason: 'no-code' | 'no-title' | 'columns'): ReadRow => ({ kind: 'bad', reason });
const unquoted = (cell: string): string => cell.trim().replace(/^"(.*)"$/s, '$1').replace(/""/g, '"').trim();
const isHeading = (code: string): boolean => /^[A-Z]\d\d(?:\.?-)?$/.test(code);

function sexOf(mask: string): CodeEntry['sex'] {
  return /^(?:F|2|female)$/i.test(mask) ? 'female' : /^(?:M|1|male)$/i.test(mask) ? 'male' : null;
}

/** ICD-10 5th Edition, codes, titles and metadata (TRUD item 259): tab-separated, one header row whose names say which column is which. */
function icd10Reader(header: string): KnownFile['read'] | null {
  const names = header.split('\t').map((name) => unquoted(name).toUpperCase());
  const at = (name: string): number => names.indexOf(name);
  const code = at('CODE') >= 0 ? at('CODE') : at('ALT_CODE');
  if (code < 0 || at('DESCRIPTION') < 0) return null;
  return ({ text, number }) => {
    if (number === 1 || text.trim() === '') return skip;
    const cells = text.split('\t').map(unquoted);
    if (cells.length <= Math.max(code, at('DESCRIPTION'))) return bad('columns');
    const cell = (name: string): string => cells[at(name)] ?? '';
    const written = cells[code] ?? '';
    // Blocks, chapters, categories that are subdivided (headings of their codes) and fifth characters: the UK sends four.
    if (isHeading(written) && !/X$/.test(cell('ALT_CODE'))) return skip;
    if (/^[A-Z]\d\d-[A-Z]\d\d$/.test(written) || /^[IVX]+$/.test(written) || /^[A-Z]\d\d\.?[\dX]\d$/.test(written)) return skip;
    // A letter after the code says dagger or asterisk in some files.
    const sent = readCode((cell('ALT_CODE') || written).replace(/^([A-Z]\d\d\.?[\dX])[ADad]$/, '$1'));
    if (!sent) return bad('no-code');
    const title = [cell('DESCRIPTION'), cell('MODIFIER_4'), cell('MODIFIER_5')].filter((part) => part !== '').join(' - ');
    if (title === '') return bad('no-title');
    return { kind: 'row', row: { code: sent, title, usage: cell('USAGE'), sex: sexOf(cell('GENDER_MASK')), from: cell('MIN_AGE'), to: cell('MAX_AGE') } };
  };
}

const opcsRow = (written: string, title: string, sex: string): ReadRow => {
  if (isHeading(written)) return skip;
  const code = readCode(written);
  if (!code || code.endsWith('X')) return bad('no-code');
  return title === '' ? bad('no-title') : { kind: 'row', row: { code, title, usage: '', sex: sexOf(sex), from: '', to: '' } };
};

/** OPCS-4, codes and titles (TRUD item 119): tab-separated, no header, dotted or undotted. */
const opcsTitles: KnownFile['read'] = ({ text }) => {
  if (text.trim() === '') return skip;
  const [written = '', title = '', ...more] = text.split('\t').map(unquoted);
  return more.some((cell) => cell !== '') ? bad('columns') : opcsRow(written, title, '');
};

/** OPCS-4 metadata (TRUD item 119): fixed width, no header; titles in capitals, sex scrutiny at 191. */
const opcsFixed: KnownFile['read'] = ({ text }) => {
  if (text.trim() === '') return skip;
  return text.length < 107 ? bad('columns') : opcsRow(text.slice(12, 24).trim(), text.slice(84, 191).trim(), text.slice(191, 193).trim());
};

/** The cells of a line that was made of an element of OPCS-4's metadata. */
const opcsCells: KnownFile['read'] = ({ text }) => { const [written = '', title = '', sex = ''] = text.split('\t'); return opcsRow(written, title, sex); };

const entity: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decoded = (text: string): string => text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(amp|lt|gt|quot|apos));/gi, (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
  if (name) return entity[name.toLowerCase()] ?? whole;
  const point = decimal ? Number(decimal) : parseInt(hex ?? '', 16);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
});

const icdColumns = ['CODE', 'ALT_CODE', 'USAGE', 'DESCRIPTION', 'MODIFIER_4', 'MODIFIER_5', 'GENDER_MASK', 'MIN_AGE', 'MAX_AGE'];

interface Element { readonly attributes: ReadonlyMap<string, string>; readonly number: number }

/** The elements of codes with the line that each stands on, one after the other. */
function* elementsOf(text: string): Generator<Element> {
  let number = 1;
  let counted = 0;
  for (const match of text.matchAll(/<(?:code|meta|row|item)\b([^<>]{1,2000})\/?>/gi)) {
    for (let at = text.indexOf('\n', counted); at >= 0 && at < match.index; at = text.indexOf('\n', counted)) { number += 1; counted = at + 1; }
    yield { number, attributes: new Map([...(match[1] ?? '').matchAll(/([A-Z_0-9]+)\s*=\s*"([^"]*)"/gi)].map(([, name = '', value = '']) => [name.toUpperCase(), decoded(value).replace(/[\t\r\n\u00A0]+/g, ' ').trim()])) };
  }
}

/** Characters at the beginning of an XML file that tell what it is. */
const telling = 50_000;

/** The XML twins say in attributes what the text files say in columns: each element is laid out as a line of tabs, with its own line's number. */
function knownXml(text: string): KnownFile | null {
  const first = [...elementsOf(text.slice(0, telling))];
  const has = (name: string): boolean => first.some(({ attributes }) => attributes.has(name));
  const rows = (names: readonly string[]) => function* (): Generator<FileLine> { for (const { attributes, number } of elementsOf(text)) yield { text: names.map((name) => attributes.get(name) ?? '').join('\t'), number }; };
  const about = { isCutOff: !/<\/[\w:-]+>\s*$/.test(text.slice(-500)), of: countLines(text) };
  if (has('ALT_CODE') && has('DESCRIPTION')) {
    const read = icd10Reader(icdColumns.join('\t'));
    // The first element is no header row.
    return read && { system: 'ICD-10', part: 'codes', lines: rows(icdColumns), read: (line) => read({ ...line, number: line.number + 1 }), ...about };
  }
  if (has('OPERATION_CODE')) return { system: 'OPCS-4', part: 'metadata', lines: rows(['OPERATION_CODE', 'OPERATION_NAME_4', 'SEX_SCRUTINY']), read: opcsCells, ...about };
  if (has('CODE') && has('TITLE')) return { system: 'OPCS-4', part: 'codes', lines: rows(['CODE', 'TITLE']), read: opcsTitles, ...about };
  return null;
}

/** The layout of a file, known by what is in it; null for anything else (a PDF, a zip, a page that asks for a password, equivalence tables). */
export function knownFile(text: string): KnownFile | null {
  const start = text.replace(/^\uFEFF/, '').slice(0, 4000);
  if (/^(?:%PDF|PK\u0003\u0004|\s*<!doctype html|\s*<html)/i.test(start) || start.includes('\u0000')) return null;
  if (/^\s*<\?xml|^\s*<dsv\b|^\s*<[a-z:]+[^>]*xmlns/i.test(start)) return knownXml(text);
  const about = { lines: () => linesOf(text), of: countLines(text), isCutOff: false };
  const first = linesOf(start).next().value?.text ?? '';
  const read = icd10Reader(first);
  if (read) return { system: 'ICD-10', part: 'codes', read, ...about };
  if (/^"?[A-Z]\d\d(?:\.?[\d-])?"?\t[^\t]+$/.test(first.trim())) return { system: 'OPCS-4', part: 'codes', read: opcsTitles, ...about };
  if (/^1\s{2,}/.test(first) && first.length >= 107) return { system: 'OPCS-4', part: 'metadata', read: opcsFixed, ...about };
  return null;
}
