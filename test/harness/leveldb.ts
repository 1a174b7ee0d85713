/** What lies in LevelDB's files: records put together again, blocks decompressed, keys made whole. As the format is told in google/leveldb, doc/table_format.md and doc/log_format.md. */

/** Snappy's raw format (google/snappy, format_description.txt); null where the bytes are none. */
export function unsnappy(input: Uint8Array): Buffer | null {
  let at = 0;
  const byte = (): number => { const value = input[at]; if (value === undefined) throw new RangeError('short'); at += 1; return value; };
  const little = (count: number): number => { let value = 0; for (let index = 0; index < count; index += 1) value += byte() * 256 ** index; return value; };
  try {
    let length = 0;
    for (let shift = 0; ; shift += 7) { const part = byte(); length += (part & 127) * 2 ** shift; if (part < 128) break; if (shift > 28) return null; }
    if (length > 64_000_000) return null;
    const out = Buffer.alloc(length);
    let to = 0;
    while (at < input.length) {
      const tag = byte();
      if ((tag & 3) === 0) {
        const kind = tag >> 2;
        const count = 1 + (kind < 60 ? kind : little(kind - 59));
        if (at + count > input.length || to + count > length) return null;
        out.set(input.subarray(at, at + count), to);
        at += count;
        to += count;
        continue;
      }
      const [count, back] = (tag & 3) === 1 ? [4 + ((tag >> 2) & 7), (tag >> 5) * 256 + byte()] : [1 + (tag >> 2), little((tag & 3) === 2 ? 2 : 4)];
      if (back === 0 || back > to || to + count > length) return null;
      for (let index = 0; index < count; index += 1) { out[to] = out[to - back] as number; to += 1; }
    }
    return to === length ? out : null;
  } catch { return null; }
}

function varint(bytes: Buffer, from: number): readonly [value: number, next: number] {
  let value = 0;
  for (let at = from, shift = 0; shift < 63; at += 1, shift += 7) {
    const part = bytes[at] ?? 0;
    value += (part & 127) * 2 ** shift;
    if (part < 128) return [value, at + 1];
  }
  return [0, bytes.length];
}

/** The entries of a block; a key is written as what it does not share with the one before. */
function entriesOf(block: Buffer): readonly { readonly key: Buffer; readonly value: Buffer }[] {
  const found: { key: Buffer; value: Buffer }[] = [];
  const end = block.length - 4 - 4 * block.readUInt32LE(block.length - 4);
  let key: Buffer = Buffer.alloc(0);
  for (let at = 0; at < end;) {
    const [shared, a] = varint(block, at);
    const [own, b] = varint(block, a);
    const [size, c] = varint(block, b);
    key = Buffer.concat([key.subarray(0, shared), block.subarray(c, c + own)]);
    found.push({ key, value: block.subarray(c + own, c + own + size) });
    at = c + own + size;
  }
  return found;
}

/** One stretch of bytes as a program would read it. */
export interface Stretch {
  readonly bytes: Buffer;
  readonly wasCompressed: boolean;
}

/** What a table (`.ldb`) holds; throws where it is none that can be read, so that nothing is passed over. */
export function readTable(file: Buffer): readonly Stretch[] {
  const footer = file.subarray(file.length - 48);
  if (footer.readUInt32LE(40) !== 0x8b80fb57 || footer.readUInt32LE(44) !== 0xdb477524) throw new Error('No table of LevelDB');
  const blockAt = (offset: number, size: number): Stretch => {
    const raw = file.subarray(offset, offset + size);
    const type = file[offset + size];
    if (type === 0) return { bytes: raw, wasCompressed: false };
    const bytes = type === 1 ? unsnappy(raw) : null;
    if (!bytes) throw new Error(`A block of a table is compressed in a way (${type}) that nobody here reads`);
    return { bytes, wasCompressed: true };
  };
  const handle = (bytes: Buffer, from: number): readonly [offset: number, size: number, next: number] => { const [offset, a] = varint(bytes, from); const [size, b] = varint(bytes, a); return [offset, size, b]; };
  const [, , afterMeta] = handle(footer, 0);
  const [indexOffset, indexSize] = handle(footer, afterMeta);
  return entriesOf(blockAt(indexOffset, indexSize).bytes).flatMap(({ value }) => {
    const [offset, size] = handle(value, 0);
    const block = blockAt(offset, size);
    return entriesOf(block.bytes).map((entry) => ({ bytes: Buffer.concat([entry.key, entry.value]), wasCompressed: block.wasCompressed }));
  });
}

/** The records of a write-ahead log (`.log`), each put together of its pieces. */
export function readLog(file: Buffer): readonly Stretch[] {
  const found: Stretch[] = [];
  let pieces: Buffer[] = [];
  for (let at = 0; at + 7 <= file.length;) {
    const left = 32_768 - at % 32_768;
    if (left < 7) { at += left; continue; }
    const [size, type] = [file.readUInt16LE(at + 4), file[at + 6]];
    if (type === 0 || type === undefined || type > 4) { at += left; continue; }
    if (type === 1 || type === 2) pieces = [];
    pieces.push(file.subarray(at + 7, at + 7 + size));
    if (type === 1 || type === 4) { found.push({ bytes: Buffer.concat(pieces), wasCompressed: false }); pieces = []; }
    at += 7 + size;
  }
  return found;
}
