/** Largest file that is read, in bytes: the XML of ICD-10 has some 10 MB. */
export const largestFile = 64 * 1024 * 1024;

/** The text of a file of the NHS, which may be UTF-8, UTF-16 with its mark, or Windows-1252 (no-break spaces as one byte). */
export function textOfFile(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try { return new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch { return new TextDecoder('windows-1252').decode(bytes); }
}
