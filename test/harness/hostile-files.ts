import { strToU8, zipSync } from 'fflate';
import { chanceFrom } from './chance.js';

/** A file that somebody may give to an import: damaged, hostile or simply another thing. */
export interface HostileFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** `refused`: no reader may take any of it. `harmless`: refused, or taken without harm: what was not touched as it was. */
  readonly must: 'refused' | 'harmless';
}

/** Words that may come out of no import that holds codes and counts alone. */
export const marker = 'Gwenllian Prys 943 476 5919';

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => strToU8(text) as Uint8Array<ArrayBuffer>;
function utf16(text: string, mark: boolean): Uint8Array<ArrayBuffer> {
  const units = new Uint16Array([...(mark ? [0xfeff] : []), ...Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))]);
  return new Uint8Array(units.buffer);
}

/** An Excel file whose one sheet is 40 MB of nothing once it is unpacked. */
const bomb = zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'xl/worksheets/sheet1.xml': new Uint8Array(40_000_000) }, { level: 9 }) as Uint8Array<ArrayBuffer>;

/** Files that are another thing altogether: of no kind that any import reads. */
function others(chance: () => number): readonly HostileFile[] {
  const noise = Uint8Array.from({ length: 5000 }, () => Math.floor(chance() * 256));
  const one = (name: string, bytes: Uint8Array<ArrayBuffer>): HostileFile => ({ name, bytes, must: 'refused' });
  return [
    one('empty', bytesOf('')), one('spaces', bytesOf(' \r\n\t ')), one('mark alone', bytesOf('\uFEFF')), one('a bomb of Excel', bomb), one('a zip', zipSync({ 'a.json': strToU8('{}') }) as Uint8Array<ArrayBuffer>),
    one('a PDF', bytesOf('%PDF-1.7\n%âãÏÓ\n1 0 obj\n')), one('a page that asks for a password', bytesOf('<!doctype html><html><title>Sign in</title></html>')), one('noise', noise as Uint8Array<ArrayBuffer>),
    one('NULs', new Uint8Array(10_000)), one('deep lists', bytesOf(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)), one('deep fields', bytesOf(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)),
    one('one long line', bytesOf('x'.repeat(8_000_000))), one('a number', bytesOf('1e999')), one('null', bytesOf('null')), one('a text', bytesOf(JSON.stringify(marker))), one('a list', bytesOf('[]')), one('no fields', bytesOf('{}')),
    one('a prototype alone', bytesOf('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')), one('XML with entities', bytesOf('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;&b;</x>')),
  ];
}

type Path = readonly (string | number)[];

/** Every place of a value that JSON can hold; of long lists a few. */
function placesOf(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const inside = Array.isArray(value) ? value.slice(0, 6).map((one, index) => [index, one] as const) : Object.entries(value);
  return [at, ...inside.flatMap(([key, one]) => placesOf(one, [...at, key]))];
}
function placed(value: unknown, [first, ...rest]: Path, change: (before: unknown) => unknown): unknown {
  if (first === undefined) return change(value);
  if (Array.isArray(value)) return value.map((one: unknown, index) => (index === first ? placed(one, rest, change) : one));
  return Object.fromEntries(Object.entries(value as object).map(([key, one]) => [key, key === first ? placed(one, rest, change) : one as unknown]));
}

const deep = (levels: number): unknown => { let made: unknown = 1; for (let level = 0; level < levels; level += 1) made = [made]; return made; };
const wrongValues: readonly (readonly [string, () => unknown])[] = [
  ['nothing', () => null], ['a number', () => 7], ['below nought', () => -1], ['a fraction', () => 0.5], ['too large a number', () => Number.MAX_SAFE_INTEGER * 8], ['a text', () => marker], ['an empty text', () => ''], ['yes', () => true],
  ['a list', () => []], ['fields', () => ({})], ['a formula', () => '=HYPERLINK("http://evil.example","x")'], ['half a pair', () => '\ud800'], ['text of another direction', () => '\u202egnirts\u202c'], ['a long text', () => 'x'.repeat(200_000)],
  ['NUL in a text', () => 'a\u0000b'], ['a list of lists', () => deep(40)], ['a name of the prototype', () => '__proto__'],
];

/** `count` hostile forms of a file of JSON; the same for a seed. */
export function hostileJson(sound: string, seed: number, count: number): readonly HostileFile[] {
  const chance = chanceFrom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(chance() * items.length)] as Item;
  const value: unknown = JSON.parse(sound);
  const places = placesOf(value);
  const made: HostileFile[] = [...others(chance)];
  const add = (name: string, text: string, must: HostileFile['must'] = 'harmless'): void => { made.push({ name, bytes: bytesOf(text), must }); };
  made.push({ name: 'UTF-16', bytes: utf16(sound, true), must: 'harmless' }, { name: 'UTF-16 without its mark', bytes: utf16(sound, false), must: 'refused' });
  add('a mark before it', `\uFEFF${sound}`);
  add('twice', `${sound}${sound}`, 'refused');
  add('words behind it', `${sound}\n${marker}`, 'refused');
  add('a comma too much', sound.replace(/\}\s*$/, ',}'), 'refused');
  add('deep below a field', JSON.stringify({ ...(value as object), more: 0 }).replace(/0\}$/, `${'['.repeat(100_000)}${']'.repeat(100_000)}}`));
  for (const key of Object.keys(value as object)) {
    add(`without ${key}`, JSON.stringify(Object.fromEntries(Object.entries(value as object).filter(([one]) => one !== key))));
    add(`${key} deep`, JSON.stringify({ ...(value as object), [key]: 0 }).replace(`"${key}":0`, `"${key}":${'['.repeat(100_000)}${']'.repeat(100_000)}`));
  }
  while (made.length < count) {
    const path = pick(places);
    const where = path.join('.');
    switch (Math.floor(chance() * 8)) {
      case 0: add('cut off', sound.slice(0, 1 + Math.floor(chance() * (sound.trimEnd().length - 2))), 'refused'); break;
      case 1: { const at = Math.floor(chance() * sound.length); add(`a NUL at ${at}`, `${sound.slice(0, at)}\u0000${sound.slice(at)}`, 'refused'); break; }
      case 2: { const holder = path.slice(0, -1); add(`a prototype at ${holder.join('.')}`, JSON.stringify(placed(value, holder, (before) => (Array.isArray(before) || typeof before !== 'object' ? before : { ...before, [pick(['toString', 'constructor', 'hasOwnProperty'])]: { polluted: 1 }, PROTOTYPE: { polluted: 1 } }))).replaceAll('"PROTOTYPE"', '"__proto__"')); break; }
      case 3: add(`more at ${where}`, JSON.stringify(placed(value, path, (before) => (typeof before === 'object' && before !== null && !Array.isArray(before) ? { ...before, note: marker } : before)))); break;
      case 4: add(`twice at ${where}`, JSON.stringify(placed(value, path, (before) => (Array.isArray(before) ? [...before as unknown[], ...before as unknown[]] : before)))); break;
      case 5: add(`very often at ${where}`, JSON.stringify(placed(value, path, (before) => (Array.isArray(before) && before.length > 0 ? Array.from({ length: 300 }, () => (before as unknown[])[0]) : before)))); break;
      default: { const [called, wrong] = pick(wrongValues); add(`${called} at ${where}`, JSON.stringify(placed(value, path, wrong))); }
    }
  }
  return made.slice(0, count);
}

/** `count` hostile forms of a file of lines (a table, or a JSON of its own on each); the same for a seed. */
export function hostileLines(sound: string, seed: number, count: number): readonly HostileFile[] {
  const chance = chanceFrom(seed);
  const made: HostileFile[] = [...others(chance)];
  const add = (name: string, text: string, must: HostileFile['must'] = 'harmless'): void => { made.push({ name, bytes: bytesOf(text), must }); };
  const lines = sound.trimEnd().split('\n');
  const joined = (all: readonly string[]): string => `${all.join('\n')}\n`;
  const changed = (at: number, change: (line: string) => string): string => joined(lines.map((line, index) => (index === at ? change(line) : line)));
  made.push({ name: 'UTF-16', bytes: utf16(sound, true), must: 'harmless' }, { name: 'UTF-16 without its mark', bytes: utf16(sound, false), must: 'refused' });
  add('old Macintosh', joined(lines).replaceAll('\n', '\r'));
  while (made.length < count) {
    const at = Math.floor(chance() * lines.length);
    const line = lines[at] ?? '';
    const middle = Math.floor(chance() * line.length);
    switch (Math.floor(chance() * 14)) {
      case 0: add('cut off', sound.slice(0, 1 + Math.floor(chance() * (sound.length / 2)))); break;
      case 1: add(`a NUL in line ${at + 1}`, changed(at, () => `${line.slice(0, middle)}\u0000${line.slice(middle)}`)); break;
      case 2: add(`line ${at + 1} twice`, joined([...lines.slice(0, at + 1), ...lines.slice(at)])); break;
      case 3: add(`line ${at + 1} without separators`, changed(at, () => line.replace(/[\t,;|]/g, ' '))); break;
      case 4: add(`line ${at + 1} with a lone quotation mark`, changed(at, () => line.replace(/([\t,;|])/, '$1"'))); break;
      case 5: add(`a formula in line ${at + 1}`, changed(at, () => line.replace(/([\t,;|]).*$/, '$1=cmd|\'/c calc\'!A1'))); break;
      case 6: add(`line ${at + 1} very long`, changed(at, () => `${line}${'x'.repeat(2_000_000)}`)); break;
      case 7: add(`words in line ${at + 1}`, changed(at, () => marker)); break;
      case 8: add(`another direction in line ${at + 1}`, changed(at, () => `\u202e${line}`)); break;
      case 9: add(`deep in line ${at + 1}`, changed(at, () => '['.repeat(100_000))); break;
      case 10: add(`a prototype in line ${at + 1}`, changed(at, () => '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')); break;
      case 11: { const bytes = bytesOf(joined(lines)); const place = Math.floor(chance() * bytes.length); bytes[place] = 0xff; made.push({ name: `no UTF-8 at ${place}`, bytes, must: 'harmless' }); break; }
      case 12: add(`columns of line ${at + 1} the other way`, changed(at, () => line.split('\t').reverse().join('\t'))); break;
      default: add(`more columns in line ${at + 1}`, changed(at, () => `${line}\t${marker}\t${marker}`));
    }
  }
  return made.slice(0, count);
}
