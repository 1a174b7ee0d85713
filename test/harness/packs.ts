import { leadExamples } from '../../assets/lead-examples.js';
import { starterSheet } from '../../assets/starter.js';
import type { Counter } from '../../lib/model/counters.js';
import type { SpecialtyId } from '../../lib/model/episode.js';
import type { LeadPack, PackPeriod } from '../../lib/model/lead-pack.js';
import { type Month } from '../../lib/model/month.js';
import type { Rule, RuleId } from '../../lib/model/rulebook.js';
import { leadPack } from '../../lib/reports/index.js';
import { createRulebook } from '../../lib/rulebook/index.js';
import { simulateYears, type SimulatedYears } from './simulated-years.js';

/** Terms of the sheet in place of the simulation's, so that its years read as a department's. */
const terms: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  neurology: { BM001: 'BM054', BM002: 'BM092', BM003: 'BM029', BM004: 'BM124', BM005: 'BM085' },
  rheumatology: { BM002: 'BM097', BM006: 'BM197', BM003: 'BM031', BM007: 'BM199' },
  cataract: { BM005: 'BM213', BM001: 'BM207', BM008: 'BM131' },
};

let made: SimulatedYears | null = null;
/** Two years of three specialties, the same for ever: neurology's intervention works, rheumatology's does not, cataract surgery has none. */
export function packYears(): SimulatedYears {
  if (made) return made;
  const years = simulateYears(6, 24);
  const named = (specialty: string, rule: RuleId): RuleId => (terms[specialty]?.[rule] ?? rule) as RuleId;
  const counters = years.counters.map((counter): Counter => {
    if (counter.kind === 'findings' && counter.rule !== null) return { ...counter, rule: named(counter.specialty, counter.rule) };
    return counter.kind === 'episodes-found' && counter.subject.by === 'rule' ? { ...counter, subject: { by: 'rule', rule: named(counter.specialty, counter.subject.rule) } } : counter;
  });
  return made = { ...years, counters };
}

/** The shipped sheet. */
export const sheet: readonly Rule[] = (() => { const book = createRulebook(starterSheet); if (!book.ok) throw new Error('The sheet is not sound.'); return book.value.rules; })();

/** The pack of one specialty of those years, or of other counters. */
export function packOf(specialty: string, period: PackPeriod = 'since', counters: readonly Counter[] = packYears().counters, to: Month = packYears().last): LeadPack {
  const { interventions } = packYears();
  const id = specialty as SpecialtyId;
  return leadPack(counters, { specialty: id, to, period, interventions: interventions.get(id) ?? [], rebases: [], rules: sheet, examples: leadExamples });
}

/** The page that has most to say: the five terms of the sheet with the longest wordings in either language, all of them rarer, with the longest sentences. */
export function longestPack(): LeadPack {
  const pack = packOf('neurology');
  const long = (rule: Rule): number => Math.max(...(['en', 'cy'] as const).map((language) => rule.text[language].instead.slice(0, 3).join('; ').length)) + rule.term.length;
  const rules = sheet.filter(({ verdict }) => verdict !== 'use').sort((a, b) => long(b) - long(a)).slice(0, 5);
  const [model] = pack.terms;
  if (!model) throw new Error('The simulated years have no term.');
  const terms = rules.map((rule) => ({ ...model, rule: rule.id, term: rule.term, verdict: rule.verdict, instead: { en: rule.text.en.instead, cy: rule.text.cy.instead } }));
  const examples = [...leadExamples.values()].sort((a, b) => b.cy.written.length + b.cy.better.length - a.cy.written.length - a.cy.better.length).slice(0, 2);
  return { ...pack, terms, request: terms[0] ?? null, examples };
}
