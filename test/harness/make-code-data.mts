/**
 * Makes the code data that is shipped from the published files (see assets/codes/README.md for their sources and licences).
 * `npx tsx test/harness/make-code-data.mts FOLDER`, FOLDER holding england_*.tsv, icd10_asterisk_codes_flag.tsv, icd10cm_2021_terms.tsv, caliber_phenotypes.tsv.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { foldedWords } from '../../lib/analysis/fold.js';
import { createCanon, variantsOf } from '../../lib/analysis/word-forms.js';
import type { WordForms } from '../../lib/model/lexicon.js';

const from = process.argv[2];
if (!from) throw new Error('Usage: make-code-data FOLDER');
const to = resolve(import.meta.dirname, '../../assets/codes');
const rows = (name: string): string[][] => readFileSync(join(from, name), 'utf8').split('\n').slice(1).filter(Boolean).map((line) => line.split('\t'));
const lastCount = (cells: readonly string[]): number => Number(cells.findLast((cell) => cell !== '') ?? 0) || 0;

const asterisk = new Set(rows('icd10_asterisk_codes_flag.tsv').filter(([, level]) => level === '4').map(([code = '']) => code.replace('.', '')));
const asterisk3 = new Set(rows('icd10_asterisk_codes_flag.tsv').filter(([, level]) => level === '3').map(([code = '']) => code));
const icd = new Map(rows('england_icd10_usage_counts.tsv').filter(([code = '']) => /^[A-Z]\d\d[\dX]$/.test(code)).map(([code = '', , ...years]) => [code, lastCount(years)]));
writeFileSync(join(to, 'icd10.tsv'), [...icd].map(([code, usage]) => `${code}\t${asterisk.has(code) || asterisk3.has(code.slice(0, 3)) ? '*' : ''}\t${usage}`).join('\n') + '\n');

const opcs = rows('england_opcs4_usage_titles.tsv').filter(([code = '']) => /^[A-Z]\d\d\d$/.test(code));
writeFileSync(join(to, 'opcs4.tsv'), opcs.map(([code = '', title = '', , ...years]) => `${code}\t${title.trim()}\t${lastCount(years)}`).join('\n') + '\n');

/** The UK code that a code of ICD-10-CM begins with, or null when the UK list has none. */
function ukCode(code: string): string | null {
  const bare = code.replace('.', '');
  const four = bare.length === 3 ? `${bare}X` : bare.slice(0, 4);
  if (icd.has(four)) return four;
  const filled = `${bare.slice(0, 3)}X`;
  return icd.has(filled) ? filled : null;
}

/**
 * Categories in which the American modification gives the same place to another thing, or in which codes are for circumstances:
 * its factors influencing health (Z), external causes (V–Y), special purposes (U).
 */
const foreign = /^[UV-Z]/;
const noise = /\b(encounter|sequela|initial|subsequent|right|left|bilateral|unspecified (?:side|eye|ear|limb|site)|trimester|fetus \d|not elsewhere classified|classified elsewhere|other specified|without|with other)\b/i;

/** Ways of writing a term of the index: without brackets, unspecified, NOS; with the parts about a comma turned round. */
function variants(term: string): string[] {
  const plain = term.replace(/\[[^\]]*\]|\([^)]*\)/g, ' ').replace(/\s+/g, ' ').trim();
  const bracketed = [...term.matchAll(/\[([^\]]+)\]/g)].map((match) => match[1] ?? '').filter((name) => /^[\p{L}' -]{3,}$/u.test(name) && (name.includes(' ') || /(?:itis|osis|aemia|emia|oma|pathy|algia|uria|ism|ia)$/.test(name)));
  const bare = plain.replace(/,? (?:site|organism|type|cause|part) (?:not specified|unspecified)|,? unspecified (?:site|organism|type|cause|part)|, except .*$|, not specified as .*$|, not elsewhere classified/gi, '').replace(/,?\s*\b(?:unspecified|NOS|not otherwise specified)\b(?:\s+type)?/gi, '').replace(/^\s*,|,\s*$/g, '').trim();
  const turned = /^([^,]+), ([^,]+)$/.exec(bare);
  const list = [bare, ...bracketed];
  if (turned?.[1] && turned[2] && !/^(?:in|due|with|of|not|as|and|or|by|from|on|at|to)\b/.test(turned[2])) list.push(`${turned[2]} ${turned[1]}`);
  return list;
}

const index = new Map<string, Map<string, string>>();
const cm = rows('icd10cm_2021_terms.tsv');
const nonSpecific = /\b(?:diseases?|disorders?|conditions?|syndromes?|symptoms?|signs?|complications?|abnormalities|findings?)\b/i;
const vague = /^(?:other|certain|unspecified|mixed|multiple|specified)\b/i;
for (const [code = '', kind = '', term = ''] of cm) {
  const uk = ukCode(code);
  if (!uk || foreign.test(uk) || noise.test(term)) continue;
  const depth = code.replace('.', '').length;
  // Deep injuries and the like say the side, the sort of break, the encounter: the category above says what the UK needs.
  if (depth > 5 && /^[ST]/.test(uk)) continue;
  for (const variant of variants(term)) {
    const words = variant.split(/[\s-]+/);
    if (words.length > 7 || variant.length < 3 || vague.test(variant)) continue;
    if (words.length === 1 && nonSpecific.test(variant)) continue;
    const key = variant.toLowerCase();
    // The book's own place for a term: its unspecified code first, then the shallower one, then a title.
    const rank = `${/unspecified|NOS/i.test(term) ? 0 : 1}${depth}${kind === 'title' ? 0 : 1}`;
    const claims = index.get(key) ?? new Map<string, string>();
    const had = claims.get(uk);
    if (had === undefined || rank < had) claims.set(uk, rank);
    index.set(key, claims);
  }
}
/** A degree, an age or a side that makes the code: the reader takes such words away, and the rest would be another condition. */
const degree = /^(?:mild|moderate|severe|small|large|slight|marked)\b|\bsmall kidney\b/;
/** Ways of the book that no note uses. */
const bookish = /\bother (?!than)|^newborn (?:affected|suspected)|\bincluding\b|\bsuch as\b|\bwith or without\b|\bcomplicating\b|^including|\boriginating in\b/;
const lines: string[] = [];
for (const [term, claims] of index) {
  if (degree.test(term) || bookish.test(term)) continue;
  const ranked = [...claims].sort((a, b) => (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : (icd.get(b[0]) ?? 0) - (icd.get(a[0]) ?? 0)));
  const [best] = ranked;
  if (best) lines.push(`${best[0]}\t${term}`);
}

// CALIBER: where a condition has one code of four characters in the UK list, its Read terms are synonyms of it.
const phenotypes = new Map<string, { codes: string[]; terms: Set<string> }>();
for (const [phenotype = '', system = '', code = '', description = ''] of rows('caliber_phenotypes.tsv')) {
  const held = phenotypes.get(phenotype) ?? { codes: [], terms: new Set<string>() };
  if (system === 'ICD10') held.codes.push(code);
  if (system === 'READ2' && /^[A-Z]/.test(code)) held.terms.add(description);
  phenotypes.set(phenotype, held);
}
const synonyms: string[] = [];
for (const { codes, terms } of phenotypes.values()) {
  const uk = codes.map(ukCode);
  if (codes.length !== 1 || !uk[0]) continue;
  for (const term of terms) {
    const bare = term.replace(/\b(?:NOS|NEC|unspecified|\[X\]|\[M\]|\[D\]|\[V\])/gi, '').replace(/\(.*?\)|\[.*?\]/g, '').replace(/\s+/g, ' ').replace(/[,\s-]+$/g, '').trim();
    if (/^(?:other|H\/O|FH|O\/E)/i.test(bare) || bare.split(' ').length > 6 || bare.length < 4 || index.has(bare.toLowerCase())) continue;
    synonyms.push(`${uk[0]}\t${bare.toLowerCase()}`);
  }
}

/**
 * Our own table of what happens where (site-terms.tsv): sites with their nouns and adjectives, processes with their words, and a code for each pair
 * that the index of ICD-10 names. A phrase is written “ulcer of stomach” (the reader turns it round: “stomach ulcer”, “ulcer in the stomach”), “gastric ulcer”.
 */
const table = readFileSync(join(to, 'site-terms.tsv'), 'utf8').split('\n').filter(Boolean).map((line) => line.split('\t'));
const listOf = (text: string | undefined): readonly string[] => (text ?? '').split('|').filter(Boolean);
const sites = new Map(table.filter(([kind]) => kind === 'site').map(([, id = '', nouns, adjectives]) => [id, { nouns: listOf(nouns), adjectives: listOf(adjectives) }]));
const processes = new Map(table.filter(([kind]) => kind === 'process').map(([, id = '', words]) => [id, listOf(words)]));
const adjective = /(?:al|ic|ar|ary|ous|iac|Bennett|Colles|Potts|boxers|berry|dependent|generali[sz]ed)$/;
const forms = JSON.parse(readFileSync(resolve(to, '../specialties/word-forms.json'), 'utf8')) as WordForms;
const canon = createCanon(new Set([...lines, ...table.map((cells) => cells.join(' '))].flatMap((text) => foldedWords(text))), forms);
/** All ways in which the reader would find a term. */
const ways = (term: string): readonly string[] => variantsOf(foldedWords(term).map(canon.of), forms).map((words) => words.join(' '));
const claimed = new Map<string, string>();
for (const [kind, process = '', code = '', places] of table) {
  if (kind !== 'cell') continue;
  const heads = processes.get(process);
  if (!heads || !icd.has(code)) throw new Error(`site-terms.tsv: ${process} ${code}`);
  for (const place of listOf(places)) {
    const site = place.startsWith('@') ? sites.get(place.slice(1)) : adjective.test(place) ? { nouns: [], adjectives: [place] } : { nouns: [place], adjectives: [] };
    if (!site) throw new Error(`site-terms.tsv: no site ${place}`);
    for (const head of heads) {
      // “ruptured spleen”, “broken rib”: the head is said of the noun.
      const said = /^(?:\w+ed|broken|atrophic)$/.test(head);
      const made = said ? site.nouns.map((noun) => `${head} ${noun}`) : [...site.nouns.flatMap((noun) => [`${head} of ${noun}`, ...(noun.split(' ').length > 3 ? [`${noun} ${head}`] : []), ...(process === 'metastasis' ? [`${head} to ${noun}`] : [])]), ...site.adjectives.map((name) => `${name} ${head}`)];
      for (const term of made) {
        const [first = '', ...others] = ways(term);
        if (claimed.has(first)) continue;
        for (const way of [first, ...others]) if (!claimed.has(way)) claimed.set(way, code);
        synonyms.push(`${code}\t${term.toLowerCase()}`);
      }
    }
  }
}
// What the table has, and what the reader finds in another order anyway, need not stand in the index too.
const kept = lines.sort().filter((line) => {
  const [code = '', term = ''] = line.split('\t');
  const [first = '', ...others] = ways(term);
  if (claimed.has(first)) return false;
  for (const way of [first, ...others]) if (!claimed.has(way)) claimed.set(way, code);
  return true;
});
writeFileSync(join(to, 'icd10-index.tsv'), `${kept.join('\n')}\n`);
writeFileSync(join(to, 'icd10-synonyms.tsv'), `${[...new Set(synonyms)].sort().join('\n')}\n`);
console.info(`ICD-10 codes ${icd.size}, OPCS-4 codes ${opcs.length}, index terms ${kept.length}, synonyms ${new Set(synonyms).size}`);
