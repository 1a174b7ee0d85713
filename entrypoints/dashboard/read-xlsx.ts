import { fail, succeed, type Result } from '../../lib/base/result.js';

/** Bytes that a workbook may hold when it is unpacked: a sheet of 20,000 rows takes a tenth. */
const mostBytes = 64_000_000;

/** Why a workbook cannot be read: no workbook (or one behind a password), one that unpacks without end, or a cell that is worked out and not written. */
export interface XlsxFailure { readonly kind: 'not-a-workbook' | 'too-large' | 'formula' }

type Row = { readonly cells: readonly string[]; readonly line: number };
interface Packed { readonly method: number; readonly check: number; readonly bytes: Uint8Array<ArrayBuffer> }

/**
 * The rows of a workbook's first sheet as words. Ours and no library's: a sheet of words needs six kinds of cell, and a reader of whole workbooks would
 * bring macros, links and styles along (ECMA-376 §18.3).
 */
export async function readXlsx(file: Uint8Array<ArrayBuffer>): Promise<Result<readonly Row[], XlsxFailure>> {
  try {
    const entries = entriesOf(file);
    const name = [...entries.keys()].filter((one) => /^xl\/worksheets\/sheet\d+\.xml$/.test(one)).sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0];
    const packed = name === undefined ? undefined : entries.get(name);
    if (!packed) return fail({ kind: 'not-a-workbook' });
    const strings = entries.get('xl/sharedStrings.xml');
    const [sheet, shared] = [await unpacked(packed), strings ? await unpacked(strings) : ''];
    if (sheet === null || shared === null) return fail({ kind: 'too-large' });
    if (/<!DOCTYPE|<!ENTITY/i.test(sheet) || /<!DOCTYPE|<!ENTITY/i.test(shared)) return fail({ kind: 'not-a-workbook' });
    if (/<f[\s>/]/.test(sheet)) return fail({ kind: 'formula' });
    const words = [...shared.matchAll(/<si\b[^>]*?(?:\/>|>([\s\S]*?)<\/si>)/g)].map(([, inner = '']) => wordsIn(inner));
    const rows: Row[] = [];
    for (const [, attributes = '', inner = ''] of sheet.matchAll(/<row\b([^>]*?)(?:\/>|>([\s\S]*?)<\/row>)/g)) {
      const cells: string[] = [];
      for (const [, of = '', content = ''] of inner.matchAll(/<c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)) {
        const column = columnOf(/\br="([A-Z]{1,3})\d+"/.exec(of)?.[1]) ?? cells.length;
        if (column > 500) return fail({ kind: 'not-a-workbook' });
        const type = /\bt="(\w+)"/.exec(of)?.[1] ?? 'n';
        const value = /<v\b[^>]*>([\s\S]*?)<\/v>/.exec(content)?.[1] ?? '';
        while (cells.length < column) cells.push('');
        const index = Number(value);
        if (type === 's' && words[index] === undefined) return fail({ kind: 'not-a-workbook' });
        cells[column] = type === 's' ? words[index] ?? '' : type === 'inlineStr' ? wordsIn(content) : plainText(value);
      }
      if (cells.some((cell) => cell.trim() !== '')) rows.push({ cells, line: Number(/\br="(\d+)"/.exec(attributes)?.[1] ?? rows.length + 1) });
    }
    return succeed(rows);
  } catch { return fail({ kind: 'not-a-workbook' }); }
}

/** Does the workbook count its days from 1904, as those of old Macintoshes do? A workbook that cannot be read says no here, and why where its rows are read. */
export async function countsFrom1904(file: Uint8Array<ArrayBuffer>): Promise<boolean> {
  try {
    const book = entriesOf(file).get('xl/workbook.xml');
    return book !== undefined && /<workbookPr\b[^>]*\bdate1904="(?:1|true)"/.test(await unpacked(book) ?? '');
  } catch { return false; }
}

const columnOf = (letters: string | undefined): number | null => (letters === undefined ? null : [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1);
const wordsIn = (xml: string): string => [...xml.replace(/<rPh\b[\s\S]*?<\/rPh>/g, '').matchAll(/<t\b[^>]*?(?:\/>|>([\s\S]*?)<\/t>)/g)].map(([, inner = '']) => plainText(inner)).join('');
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'' };
const plainText = (xml: string): string => xml.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/g, (_, hex?: string, digits?: string, name?: string) => (name ? named[name] ?? '' : String.fromCodePoint(hex ? parseInt(hex, 16) : Number(digits))));

/** What a zip file holds, by name, from the list at its end. Throws where it is none. */
function entriesOf(file: Uint8Array<ArrayBuffer>): Map<string, Packed> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let end = file.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0) throw new Error('no zip file');
  const found = new Map<string, Packed>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (view.getUint32(at, true) !== 0x02014b50 || (view.getUint16(at + 8, true) & 1) === 1) throw new Error('no list, or a locked file');
    const [check, size, name, extra, note, local] = [view.getUint32(at + 16, true), view.getUint32(at + 20, true), view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true), view.getUint32(at + 42, true)];
    if (view.getUint32(local, true) !== 0x04034b50) throw new Error('no file where the list says');
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (from + size > file.length) throw new Error('cut off');
    found.set(new TextDecoder().decode(file.subarray(at + 46, at + 46 + name)), { method: view.getUint16(at + 10, true), check, bytes: file.slice(from, from + size) });
    at += 46 + name + extra + note;
  }
  return found;
}

/** The words of one packed file; null where they never end. */
async function unpacked({ method, check, bytes }: Packed): Promise<string | null> {
  if (method !== 0 && method !== 8) throw new Error('packed otherwise');
  if (method === 0) {
    if (checkSum(0, bytes) !== check) throw new Error('changed since it was packed');
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  }
  const reading = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [text, size, sum] = ['', 0, 0];
  for (;;) {
    const { done, value } = await reading.read();
    // Bytes that were changed on the way may still unpack, to other words.
    if (done) { if (sum !== check) throw new Error('changed since it was packed'); return text + decoder.decode(); }
    sum = checkSum(sum, value);
    size += value.length;
    if (size > mostBytes) { void reading.cancel().catch(() => undefined); return null; }
    text += decoder.decode(value, { stream: true });
  }
}

const sums = Uint32Array.from({ length: 256 }, (_, byte) => { let sum = byte; for (let bit = 0; bit < 8; bit += 1) sum = (sum & 1) === 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1; return sum; });

/** CRC-32 as zip files have it (ISO 3309), carried on from the bytes before. */
function checkSum(before: number, bytes: Uint8Array): number {
  let sum = ~before;
  for (const byte of bytes) sum = (sums[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  return ~sum >>> 0;
}
