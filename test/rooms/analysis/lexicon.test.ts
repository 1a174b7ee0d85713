import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lexiconWords, specialtyPacks } from '../../../assets/starter.js';
import { openCoder } from '../../../entrypoints/batch/coder.js';
import { compileLexicon, createLexicon, findMentions, isAbbreviation, openLexicon, readText } from '../../../lib/analysis/index.js';
import { mutatedForms } from '../../../lib/analysis/mutation.js';
import { lexiconEntries } from '../../../lib/coding/index.js';
import type { Mention } from '../../../lib/model/mention.js';

const coder = openCoder();
const mentionsIn = (text: string, specialty: string | null = null): readonly Mention[] => findMentions(coder.lexicon, readText(coder.asserter, text), specialty);
const said = (text: string, specialty: string | null = null): string[] => mentionsIn(text, specialty).map(({ concept, span, match }) => `${concept.codes[0]} ${text.slice(span.start, span.end)}${match === 'exact' ? '' : ` (${match})`}`);
const none = { icd10: '', opcs4: '', index: '', synonyms: '' };

describe('a term in a note', () => {
  it.each([
    ['Admitted with fracture of neck of femur', ['S720 fracture of neck of femur']],
    ['a femoral neck fracture', ['S720 femoral neck fracture']],
    ['fracture of the left femoral neck', ['S720 fracture of the left femoral neck (gapped)']],
    ['Fracture neck of femur, left', ['S720 Fracture neck of femur']],
    ['#NOF', ['S720 #NOF']],
    ['# left NOF', ['S720 # left NOF (gapped)']],
    ['carpal tunnel syndrome, right', ['G560 carpal tunnel syndrome']],
    ['CIDP (typical)', ['G618 CIDP']],
    ['stone in the right kidney', ['N200 stone in the right kidney (gapped)']],
    ['cardiac failure', ['I509 cardiac failure']],
    ['carcinoma of left breast', ['C509 carcinoma of left breast (gapped)']],
    ['deep venous thrombosis', ['I802 deep venous thrombosis']],
    ['Ca breast', ['C509 Ca breast']],
  ])('stands in another order, with an article, a side or the adjective of its site: %s', (text, wanted) => { expect(said(text)).toEqual(wanted); });

  it.each([
    ['type II diabetes', 'E119'], ['Type 2 diabetes mellitus', 'E119'], ['stage IV CKD', 'N184'], ['CKD stage 4', 'N184'], ['Chiari II malformation', 'Q070'], ['3rd nerve palsy', 'H490'],
  ])('is counted in Roman or Arabic figures: %s', (text, code) => { expect(mentionsIn(text).map(({ concept }) => concept.codes[0])).toContain(code); });

  it.each([
    ['bilateral pulmonary emboli', 'I269'], ['cerebral metastases', 'C793'], ['liver metastasis', 'C787'], ['oesophageal varices', 'I859'], ['esophageal varices', 'I859'], ['iron-deficiency anaemia', 'D509'], ['iron deficiency anemia', 'D509'],
  ])('has its Latin plural, its hyphen and either spelling: %s', (text, code) => { expect(mentionsIn(text).map(({ concept }) => concept.codes[0])).toContain(code); });

  it.each([
    ['Fracture? Neck pain. Of femur nothing'], ['fracture, neck of femur not seen'], ['IV infusion type not stated'], ['Ca 2.4, # 3 on the list'], ['renal. Failure of the pump'], ['kidney\n\nstone'], ['right IV line, stage set'],
  ])('is not put together over the end of a sentence, nor out of figures: %s', (text) => { expect(mentionsIn(text).filter(({ match }) => match !== 'exact').map(({ concept }) => concept.codes[0])).toEqual([]); expect(said(text).join()).not.toMatch(/S720|N179|N19|N200/); });
});

describe('a misspelt word', () => {
  it.each([
    ['Right phacoemulsifcation', 'C712', 'phacoemulsifcation'], ['rheumatiod arthritis', 'M069', 'rheumatiod arthritis'], ['myaesthenia gravis', 'G700', 'myaesthenia gravis'], ['polymyalga rheumatica', 'M353', 'polymyalga rheumatica'],
  ])('is read for the one that it must be, and says so: %s', (text, code, words) => {
    expect(mentionsIn(text, 'rheumatology').filter((one) => text.slice(one.span.start, one.span.end) === words).map(({ concept, match }) => `${concept.codes[0]} ${match}`)).toEqual([`${code} misspelt`]);
  });

  it.each([
    ['Dear Mr Sarcoidossis', 'a name'], ['hypetension noted', 'two words are as near'], ['vulvectomy', 'another operation'], ['dysphasia', 'a word of its own'], ['microcytic', 'micro is not macro'], ['discussion of aesthetics', 'plain English'], ['arthritid', 'its ending says something'],
  ])('is left when it may be another: %s (%s)', (text) => { expect(mentionsIn(text).filter(({ match }) => match === 'misspelt')).toEqual([]); });

  it('is found in most terms of the packs that are one slip away, and never as another condition', () => {
    const terms = specialtyPacks.flatMap((pack) => pack.entries.filter((row) => !row.onlyWhen && !row.unless).flatMap((row) => row.terms.filter((term) => !isAbbreviation(term) && /[a-z]{9,}/.test(term)).map((term) => ({ term, pack: pack.id }))));
    let tried = 0;
    let found = 0;
    const bad: string[] = [];
    fc.assert(fc.property(fc.constantFrom(...terms), fc.nat(), fc.constantFrom('drop', 'double', 'swap', 'change'), ({ term, pack }, seed, how) => {
      const [word = ''] = /[a-z]{9,}/.exec(term) ?? [];
      const at = 1 + (seed % (word.length - 3));
      const slip = how === 'drop' ? word.slice(0, at) + word.slice(at + 1) : how === 'double' ? word.slice(0, at) + word.charAt(at) + word.slice(at)
        : how === 'swap' ? word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2) : `${word.slice(0, at)}x${word.slice(at + 1)}`;
      if (slip === word) return;
      const right = mentionsIn(`Known ${term} today.`, pack).map(({ concept }) => concept.codes.join(' '));
      const read = mentionsIn(`Known ${term.replace(word, slip)} today.`, pack);
      tried += 1;
      if (read.some(({ concept, match }) => match === 'misspelt' && right.includes(concept.codes.join(' ')))) found += 1;
      for (const one of read) if (one.match === 'misspelt' && !right.includes(one.concept.codes.join(' '))) bad.push(`${term} as ${slip}: ${one.concept.id}`);
    }), { numRuns: 2500, seed: 11 });
    console.info(`words misspelt ${tried}, found ${found}, read as another condition ${bad.length}: ${[...new Set(bad)].slice(0, 20).join('; ')}`);
    expect(tried).toBeGreaterThan(2000);
    expect(found / tried).toBeGreaterThan(0.6);
    expect(bad.length / tried).toBeLessThan(0.01);
  });
});

describe('an abbreviation with several meanings', () => {
  it.each([
    ['Seen with MS on natalizumab', 'neurology', ['G35X']], ['Seen with MS', null, []], ['Seen with MS', 'rheumatology', []],
    ['Multiple sclerosis (MS). MS is stable.', null, ['G35X', 'G35X', 'G35X']],
    ['mitral stenosis (MS), MS is mild', 'neurology', ['I050']], ['MS (mitral stenosis); MS is mild', 'neurology', ['I050']],
    ['Loud murmur. Moderate MS.', 'neurology', ['R011']],
    ['sats 96% on RA', 'rheumatology', []], ['RA is stable', 'rheumatology', ['M069']], ['RA is stable', 'neurology', []],
    ['PE: chest clear', null, []], ['Small PE at the right base', null, []], ['Pulmonary embolism on CTPA. PE treated.', null, ['I269', 'I269']], ['pleural effusion (PE), PE drained', null, ['J90X']],
    ['HSP is slowly worse', 'neurology', ['G114']], ['HSP since childhood', null, []], ['PD bags, dialysis at home', 'neurology', ['Z992']], ['Insulin NPH', 'neurology', []],
    ['MI 2019 then MI today', null, ['I219', 'I219']], ['BMD by DEXA is low', 'neurology', []],
  ])('%s (%s)', (text, specialty, wanted) => { expect(mentionsIn(text, specialty).filter(({ concept }) => concept.system === 'ICD-10' && concept.codes[0] !== 'I489').map(({ concept }) => concept.codes[0])).toEqual(wanted); });
});

describe('every mention', () => {
  const rows = new Map(lexiconEntries(specialtyPacks, none).map((entry) => [entry.concept.id, entry.terms]));
  const lexicon = createLexicon(lexiconEntries(specialtyPacks, none), lexiconWords);
  const siteOf = new Map([...Object.entries(lexiconWords.words.forms).flatMap(([word, others]) => others.map((other) => [other, word] as const)), ...lexiconWords.words.mutated.flatMap((word) => mutatedForms(word).map((form) => [form, word] as const))]);
  const filler = new Set([...lexiconWords.words.fillers, 'of', 'in', 'within']);
  const roman: Readonly<Record<string, string>> = { i: '1', ii: '2', iii: '3', iv: '4', v: '5', vi: '6', vii: '7', viii: '8', ix: '9', x: '10' };
  /** The words that carry the meaning, each in one form, in no order: what the declared operations leave as it is. */
  const bone = (text: string): string => text.replace(/#/g, ' fracture ').replace(/↑/g, ' raised ').toLowerCase().normalize('NFD').replace(/[\p{M}\u00ad'’‘]/gu, '').split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '' && !filler.has(word))
    .map((word) => siteOf.get(word) ?? word).map((word) => roman[word] ?? word)
    .map((word) => word.replace(/ies$/, 'y').replace(/ae|oe/g, 'e').replace(/isation/, 'ization').replace(/(fib|cent)re$/, '$1er').replace(/our$/, 'or').replace(/(?:ses|sis)$/, 's').replace(/s$/, '').replace(/(?:um|ae|[aeiu])$/, '').replace(/(?:ie|y)$/, '')).sort().join(' ');

  it('stands inside the text and says the words of its own concept, up to order, form and what may stand between', () => {
    const terms = [...rows.values()].flat();
    const article = fc.constantFrom('', 'the ', 'left ', 'severe ', 'the right ');
    const joint = fc.constantFrom('. ', ', ', ' and ', '\n', ' with ', '; ', ' \u202eof ', ' (', ') ', ' \ud800 ', '\u00ad');
    let tried = 0;
    let gapped = 0;
    const bad: string[] = [];
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...terms), article, joint, fc.boolean()), { minLength: 1, maxLength: 6 }), (parts) => {
      const text = parts.map(([term, before, after, turn]) => { const put = term.replace(' of ', ` of ${before}`); return (turn ? put.toUpperCase() : put) + after; }).join('');
      let last = 0;
      for (const { concept, span, match } of findMentions(lexicon, readText(coder.asserter, text), null)) {
        tried += 1;
        if (match === 'gapped') gapped += 1;
        const words = text.slice(span.start, span.end);
        if (!(span.start >= 0 && span.start < span.end && span.end <= text.length) || words.trim() !== words) bad.push(`${concept.id} at ${span.start}–${span.end}`);
        last = span.end;
        const own = rows.get(concept.id) ?? [];
        if (match !== 'misspelt' && !own.some((term) => bone(term) === bone(words)) && match !== 'gapped') bad.push(`${concept.id} in “${words}”`);
      }
      expect(last).toBeLessThanOrEqual(text.length);
    }), { numRuns: 1500, seed: 7 });
    console.info(`mentions tried ${tried}, with words between ${gapped}, bad ${bad.length}: ${[...new Set(bad)].slice(0, 10).join('; ')}`);
    expect(tried).toBeGreaterThan(3000);
    expect(gapped).toBeGreaterThan(50);
    expect(bad).toEqual([]);
  });

  it('is the same from a lexicon that was compiled before, opened from one buffer, and another buffer is refused', () => {
    const entries = lexiconEntries(specialtyPacks, none);
    const buffer = compileLexicon(entries, lexiconWords);
    const copy = openLexicon(structuredClone(buffer));
    const text = 'Fracture of the left femoral neck; rheumatiod arthritis; MS (mitral stenosis).';
    const read = readText(coder.asserter, text);
    expect(findMentions(copy, read, null)).toEqual(findMentions(createLexicon(entries, lexiconWords), read, null));
    expect(new Uint8Array(compileLexicon(entries, lexiconWords))).toEqual(new Uint8Array(buffer));
    expect(() => openLexicon(new ArrayBuffer(64))).toThrow('Not a compiled lexicon');
  });
});

describe('odd notes', () => {
  const long = 'a'.repeat(1_000_000);
  const welsh = 'Cafodd y claf ddiagnosis o fethiant y galon. Known asthma. Dim hanes o strôc. ';
  it.each([
    ['a megabyte without a space', long, 0], ['a megabyte of brackets', '(MS)'.repeat(250_000), 0], ['a megabyte of an abbreviation', 'RA '.repeat(333_333), 0], ['a megabyte of long words', 'phacoemulsifcatoin '.repeat(55_000), 0],
    ['unpaired surrogates', '\ud83d asthma \udc00 asthma\ud800', 1], ['bidirectional marks', '\u202easth\u202cma and \u2066gout\u2069', 2], ['a note half in Welsh', welsh.repeat(3), 3], ['a filler that never ends', `fracture of ${'the '.repeat(200_000)}femur`, 0],
  ])('%s are read in linear time, with offsets inside the text', (name, text, least) => {
    const start = performance.now();
    const found = mentionsIn(text);
    const time = performance.now() - start;
    console.info(`${name}: ${text.length} units, mentions ${found.length}, ${time.toFixed(0)} ms`);
    expect(found.length).toBeGreaterThanOrEqual(least);
    for (const { span } of found) expect(span.start >= 0 && span.start < span.end && span.end <= text.length).toBe(true);
    expect(time).toBeLessThan(15_000);
  });
});
