import { describe, expect, it } from 'vitest';
import { starterSheet } from '../../../assets/starter.js';
import { createReader } from '../../../lib/analysis/index.js';
import type { Rule } from '../../../lib/model/rulebook.js';
import { checkPack, createRulebook, findSpecialty } from '../../../lib/rulebook/index.js';

const made = createRulebook(starterSheet);
if (!made.ok) throw new Error(JSON.stringify(made.failure.problems.slice(0, 5)));
const rulebook = made.value;

describe('the starter sheet', () => {
  it('holds every entry, in both languages, with its source and its state of translation', () => {
    expect(rulebook.rules.length).toBe(220);
    expect(rulebook.rules.filter((rule) => rule.text.cy.why === rule.text.en.why)).toEqual([]);
  });

  it('finds what each entry must find and leaves what it must leave', () => {
    let tried = 0;
    const bad: string[] = [];
    const check = (rule: Rule, wanted: boolean): void => {
      // Alone, so that a longer neighbour cannot hide it.
      const reader = createReader({ ...rulebook, rules: [rule] }, { noisyOn: 'all' });
      for (const example of wanted ? rule.examples.find : rule.examples.leave) {
        tried += 1;
        const found = reader.read(example.text, { specialty: example.specialty ?? 'unknown' }).some((finding) => finding.rule === rule.id);
        if (found !== wanted) bad.push(`${rule.id} ${rule.term}: must ${wanted ? 'find' : 'leave'} “${example.text}”`);
      }
    };
    for (const rule of rulebook.rules) { check(rule, true); check(rule, false); }
    console.info(`examples: tried ${tried}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(tried).toBeGreaterThan(780);
    // Lines that a clinician wrote, not a sentence with a gap in it.
    expect(rulebook.rules.flatMap(({ id, examples }) => [...examples.find, ...examples.leave].filter(({ text }) => /^(Seen on the ward:|Reviewed and content)/.test(text)).map(() => id))).toEqual([]);
  });

  it('refuses a faulty sheet and says where and why', () => {
    const [rule] = rulebook.rules;
    // Each fault with the words that must be in what is said of it.
    const faults: readonly (readonly [object, string])[] = [
      [{ verdict: 'never' }, 'verdict'], [{ forms: [] }, 'forms'], [{ forms: [{ text: '’' }] }, 'forms'], [{ forms: [{ text: '-', match: 'words' }] }, 'forms'], [{ forms: [{ text: 'likely', match: 'literal' }] }, 'forms'], [{ number: { atLeast: 9, atMost: 3 } }, 'number'], [{ id: 'bm1' }, 'id'], [{ term: '' }, 'term'], [{ kind: 'song' }, 'kind'], [{ appliesTo: [] }, 'appliesTo'],
      [{ translation: 'done' }, 'translation'], [{ source: 'A book' }, 'source'], [{ noisy: 'yes' }, 'noisy'], [{ unless: { near: ['x'] } }, 'unless'], [{ text: { en: rule?.text.en } }, 'text'], [{ examples: { find: [], leave: [] } }, 'examples'], [{ extra: 1 }, 'extra'],
    ];
    for (const [fault, field] of faults) {
      const checked = checkPack({ pack: 'x', rules: [{ ...rule, ...fault }] }, 'x');
      expect(!checked.ok && checked.failure.problems.some((problem) => problem.pack === 'x' && problem.rule === ('id' in fault ? 'bm1' : rule?.id) && problem.field?.startsWith(field) && problem.why !== ''), field).toBe(true);
    }
    const lost = createRulebook({ ...starterSheet, packs: [{ pack: 'x', rules: [{ ...rule, appliesTo: ['astrology'], examples: { find: [{ text: 'x', specialty: 'alchemy' }], leave: [{ text: 'y' }] } }] }] });
    expect(!lost.ok && lost.failure.problems.map(({ why }) => why).sort()).toEqual(['no specialty is called alchemy', 'no specialty is called astrology']);
    const hostile: readonly unknown[] = [
      null, 7, {}, { pack: 'x', rules: [{}] }, { pack: 'x', rules: [{ ...rule, extra: 1 }] }, { pack: 'x', rules: [{ ...rule, verdict: 'never' }] },
      { pack: 'x', rules: [{ ...rule, text: { en: rule?.text.en } }] }, { pack: 'x', rules: [{ ...rule, examples: { find: [], leave: [] } }] }, JSON.parse('{"pack":"x","rules":[],"__proto__":{"a":1}}'),
    ];
    let refused = 0;
    for (const input of hostile) if (!checkPack(input, 'x').ok) refused += 1;
    console.info(`hostile packs: tried ${hostile.length}, refused ${refused}`);
    expect(refused).toBe(hostile.length);
    const twice = createRulebook({ ...starterSheet, packs: [...starterSheet.packs, starterSheet.packs[0]] });
    expect(twice.ok).toBe(false);
    expect(!twice.ok && twice.failure.problems[0]).toMatchObject({ field: 'id', why: 'this id stands twice' });
  });

  it('knows a specialty by its names in both languages and by its code', () => {
    for (const [words, id] of [['Neurology', 'neurology'], ['NIWROLEG', 'neurology'], ['400', 'neurology'], ['Cataract day surgery', 'ophthalmology'], ['Offthalmoleg, achos dydd', 'ophthalmology'], ['General Medicine', 'general-medicine'], ['Meddygaeth strôc', 'stroke-medicine'], ['Pastry', 'unknown'], [null, 'unknown']] as const) {
      expect(findSpecialty(rulebook, words)).toBe(id);
    }
  });
});

describe('reading by the sheet', () => {
  const reader = createReader(rulebook, { noisyOn: [] });
  const read = (text: string, specialty = 'unknown'): string[] => reader.read(text, { specialty: specialty as never }).map((finding) => `${finding.rule} ${text.slice(finding.span.start, finding.span.end)}`);

  it('lets context decide', () => {
    expect(read('sats 96% on RA')).toEqual([]);
    expect(read('Known RA on methotrexate')).toEqual(['BM097 RA']);
    expect(read('Bed # 3')).toEqual([]);
    expect(read('# L NOF')).toEqual(['BM061 #', 'BM121 NOF']);
    expect(read('How are you? Well.')).toEqual([]);
  });

  it('marks a doubted word with its question mark', () => {
    expect(read('Diagnosis: ?PD, referred')).toContain('BM054 ?PD');
    expect(read('? stroke')).toContain('BM054 ? stroke');
  });

  it('prefers the longer match and the specialty’s own entry', () => {
    expect(read('cannot exclude TIA')).toEqual(['BM039 cannot exclude', 'BM112 TIA']);
    expect(read('NS++ cataract R', 'ophthalmology')).toContain('BM129 NS++');
    expect(read('NS++')).not.toContain('BM129 NS++');
  });

  it('reads Welsh with its mutations', () => {
    expect(read('Mae hyn yn debygol')).toEqual(['BM220 yn debygol']);
    expect(read('â hanes o gryndod, ni ellir diystyru strôc')).toEqual(['BM086 hanes o', 'BM039 ni ellir diystyru']);
  });
});
