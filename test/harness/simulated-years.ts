import { mergeCounters, type Counter } from '../../lib/model/counters.js';
import { documentKinds, type DocumentKind } from '../../lib/model/document.js';
import type { SpecialtyId } from '../../lib/model/episode.js';
import { faultCategories, type FaultCategory, type SiteId } from '../../lib/model/fault.js';
import { monthsOn, type Month } from '../../lib/model/month.js';
import type { Intervention } from '../../lib/model/quality.js';
import type { EditionId, RuleId } from '../../lib/model/rulebook.js';
import { chanceFrom } from './chance.js';

/** A term in the simulation: how many of 100 episodes have it, and what is left of that after the intervention. */
export interface SimulatedTerm {
  readonly rule: RuleId;
  readonly category: FaultCategory;
  readonly per100: number;
  /** 1: the intervention does nothing to it. */
  readonly leaves: number;
}

export interface SimulatedSpecialty {
  readonly specialty: SpecialtyId;
  readonly episodesPerMonth: number;
  readonly terms: readonly SimulatedTerm[];
  /** Month, counted from 0, in which the sheet is issued again and the lead briefed; null for none. */
  readonly intervention: number | null;
  readonly kinds: readonly DocumentKind[];
}

/** Months of three invented specialties with what was done in them. */
export interface SimulatedYears {
  readonly counters: readonly Counter[];
  readonly interventions: ReadonlyMap<SpecialtyId | 'all', readonly Intervention[]>;
  readonly first: Month;
  readonly last: Month;
}

const term = (rule: string, category: FaultCategory, per100: number, leaves: number): SimulatedTerm => ({ rule: rule as RuleId, category, per100, leaves });

/** Neurology's intervention works, rheumatology's does not, cataract surgery has none. `at` is its month, counted from 0. */
export function threeSpecialties(at: number): readonly SimulatedSpecialty[] {
  return [
    { specialty: 'neurology' as SpecialtyId, episodesPerMonth: 160, intervention: at, kinds: ['discharge-letter', 'clinic-letter', 'ward-round'], terms: [
      term('BM001', 'avoid-term', 14, 0.45), term('BM002', 'ambiguous-abbreviation', 11, 0.5), term('BM003', 'no-definitive-diagnosis', 9, 0.6), term('BM004', 'symbol', 7, 1), term('BM005', 'missing-laterality', 5, 0.9)] },
    { specialty: 'rheumatology' as SpecialtyId, episodesPerMonth: 130, intervention: at, kinds: ['clinic-letter', 'discharge-letter', 'result'], terms: [
      term('BM002', 'ambiguous-abbreviation', 13, 1), term('BM006', 'avoid-term', 10, 1), term('BM003', 'no-definitive-diagnosis', 8, 1), term('BM007', 'missing-type', 6, 1)] },
    { specialty: 'cataract' as SpecialtyId, episodesPerMonth: 220, intervention: null, kinds: ['operation-note', 'pre-assessment', 'clinic-letter'], terms: [
      term('BM005', 'missing-laterality', 12, 1), term('BM001', 'avoid-term', 6, 1), term('BM008', 'copied-forward', 4, 1)] },
  ];
}

/**
 * Counters as a department would gather them, the same for a seed for ever: each episode is read once, has each term or
 * not by chance, and sometimes twice. One year is 12 months, three are 36.
 */
export function simulateYears(seed: number, months: number, specialties: readonly SimulatedSpecialty[] = threeSpecialties(Math.floor(months / 2)), first = '2024-01' as Month): SimulatedYears {
  const chance = chanceFrom(seed);
  const sites = ['glan-y-don', 'bryn-mawr'] as unknown as readonly SiteId[];
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(chance() * items.length)] as Item;
  const counters: Counter[] = [];
  const interventions = new Map<SpecialtyId | 'all', readonly Intervention[]>();
  for (const { specialty, episodesPerMonth, terms, intervention, kinds } of specialties) {
    if (intervention !== null) {
      const month = monthsOn(first, intervention);
      interventions.set(specialty, [{ kind: 'sheet-issued', date: `${month}-02`, edition: 'starter-7' as EditionId }, { kind: 'lead-briefed', date: `${month}-09`, edition: null }]);
    }
    for (let at = 0; at < months; at += 1) {
      const month = monthsOn(first, at);
      const episodes = Math.round(episodesPerMonth * (0.9 + 0.2 * chance()));
      for (let episode = 0; episode < episodes; episode += 1) {
        const place = { month, specialty, site: pick(sites) };
        counters.push({ kind: 'episodes-read', ...place, episodes: 1 });
        for (let document = 0; document < 3; document += 1) counters.push({ kind: 'documents-read', ...place, documentKind: pick(kinds), documents: 1 });
        let any = false;
        for (const { rule, category, per100, leaves } of terms) {
          const changed = intervention !== null && at >= intervention ? leaves : 1;
          if (chance() * 100 >= per100 * changed) continue;
          any = true;
          counters.push({ kind: 'episodes-found', ...place, subject: { by: 'rule', rule }, episodes: 1 }, { kind: 'episodes-found', ...place, subject: { by: 'category', category }, episodes: 1 });
          counters.push({ kind: 'findings', ...place, documentKind: pick(kinds), category, rule, findings: chance() < 0.08 ? 2 : 1, minutes: 1 + Math.floor(chance() * 6) });
        }
        if (any) counters.push({ kind: 'episodes-found', ...place, subject: { by: 'any' }, episodes: 1 });
      }
    }
  }
  return { counters: mergeCounters(counters), interventions, first, last: monthsOn(first, months - 1) };
}

/** Counters as they look after about so many logged rows, of a large board: for measuring only. */
export function manyCounters(seed: number, rows: number, { months = 36, specialties = 20, rules = 40, sites = 3 } = {}): readonly Counter[] {
  const chance = chanceFrom(seed);
  const below = (most: number): number => Math.floor(chance() ** 2 * most);
  const counters: Counter[] = [];
  for (let row = 0; row < rows; row += 1) {
    const own = below(specialties);
    const place = { month: monthsOn('2024-01' as Month, Math.floor(chance() * months)), specialty: `specialty-${String(own).padStart(2, '0')}` as SpecialtyId, site: `site-${below(sites)}` as SiteId };
    // A specialty has its own few terms of the sheet, a term its category.
    const rule = below(rules);
    const kind = documentKinds[below(documentKinds.length)] as DocumentKind;
    counters.push({ kind: 'findings', ...place, documentKind: kind, category: faultCategories[rule % 11] ?? 'other', rule: `BM${String((own * 7 + rule) % 219).padStart(3, '0')}` as RuleId, findings: 1, minutes: 2 }, { kind: 'episodes-read', ...place, episodes: 3 }, { kind: 'documents-read', ...place, documentKind: kind, documents: 9 });
  }
  return mergeCounters(counters);
}
