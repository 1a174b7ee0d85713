/** Looks for words in every byte of a browser's profile, in all the ways in which they may lie there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { readLog, readTable, unsnappy, type Stretch } from './leveldb.js';

export interface Hit {
  readonly needle: string;
  readonly file: string;
  readonly how: string;
  /** Found only after a block was decompressed. */
  readonly wasCompressed: boolean;
}

export interface Searched {
  readonly files: number;
  readonly bytes: number;
  /** Records of LevelDB that were read one by one, and of them those that were decompressed. */
  readonly records: number;
  readonly decompressed: number;
  readonly hits: readonly Hit[];
  /** Files that could not be read as what they are: searched as bytes alone. */
  readonly unread: readonly string[];
}

const windowSize = 8;

/** Base64 of the needle wherever it stands in what was encoded: without the letters that its neighbours share. */
function inBase64(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  return [0, 1, 2].map((before) => Buffer.concat([Buffer.alloc(before), bytes]).toString('base64').slice(before === 0 ? 0 : before + 1, Math.floor((before + bytes.length) * 8 / 6)));
}

function writtenWays(needle: string): readonly { readonly how: string; readonly bytes: Buffer }[] {
  const wide = Buffer.from(needle, 'utf16le');
  return [
    { how: 'UTF-8', bytes: Buffer.from(needle) }, { how: 'UTF-16LE', bytes: wide }, { how: 'UTF-16BE', bytes: Buffer.from(wide).swap16() },
    ...inBase64(needle).map((text) => ({ how: 'base64', bytes: Buffer.from(text) })), { how: 'hex', bytes: Buffer.from(Buffer.from(needle).toString('hex')) },
  ];
}

/** Every file under `profile`, as bytes; and, where it is LevelDB's, each record of it whole and decompressed. A needle has 9 bytes or more. */
export function searchProfile(profile: string, needles: Iterable<string>): Searched {
  const byStart = new Map<string, { readonly needle: string; readonly how: string; readonly bytes: Buffer }[]>();
  const starts = new Uint8Array(1 << 24);
  for (const needle of new Set(needles)) {
    if (Buffer.byteLength(needle) <= windowSize) throw new Error(`“${needle}” is too short to be looked for`);
    for (const { how, bytes } of writtenWays(needle)) {
      const start = bytes.toString('latin1', 0, windowSize);
      byStart.set(start, [...byStart.get(start) ?? [], { needle, how, bytes }]);
      starts[bytes.readUIntBE(0, 3)] = 1;
    }
  }
  const hits = new Map<string, Hit>();
  const look = ({ bytes, wasCompressed }: Stretch, file: string): void => {
    for (let at = 0, three = 0; at < bytes.length; at += 1) {
      three = ((three << 8) | (bytes[at] as number)) & 0xffffff;
      if (at < 2 || starts[three] === 0) continue;
      const from = at - 2;
      for (const one of byStart.get(bytes.toString('latin1', from, from + windowSize)) ?? []) {
        if (bytes.compare(one.bytes, 0, one.bytes.length, from, Math.min(bytes.length, from + one.bytes.length)) !== 0) continue;
        const name = `${one.needle} ${file} ${one.how}`;
        if (!hits.has(name)) hits.set(name, { needle: one.needle, file, how: one.how, wasCompressed });
      }
    }
  };
  const unread: string[] = [];
  const counts = { files: 0, bytes: 0, records: 0, decompressed: 0 };
  for (const one of readdirSync(profile, { recursive: true, withFileTypes: true })) {
    if (!one.isFile()) continue;
    const path = join(one.parentPath, one.name);
    const file = relative(profile, path);
    const bytes = readFileSync(path);
    counts.files += 1;
    counts.bytes += bytes.length;
    look({ bytes, wasCompressed: false }, file);
    look({ bytes: Buffer.from(file), wasCompressed: false }, `${file} (its name)`);
    if (bytes.length === 0 || !/\.(?:ldb|sst|log)$/.test(one.name) || !existsSync(join(dirname(path), 'CURRENT'))) continue;
    try {
      for (const stretch of one.name.endsWith('.log') ? readLog(bytes) : readTable(bytes)) {
        counts.records += 1;
        if (stretch.wasCompressed) counts.decompressed += 1;
        look(stretch, file);
        // Large values of IndexedDB are compressed by themselves (Blink, IDBValueWrapper: 0xFF 0x11 0x02).
        for (let at = stretch.bytes.indexOf('ff1102', 0, 'hex'); at >= 0; at = stretch.bytes.indexOf('ff1102', at + 3, 'hex')) {
          const inner = unsnappy(stretch.bytes.subarray(at + 3));
          if (inner) { counts.decompressed += 1; look({ bytes: inner, wasCompressed: true }, file); }
        }
      }
    } catch (problem) { unread.push(`${file}: ${String(problem)}`); }
  }
  return { ...counts, hits: [...hits.values()], unread };
}
