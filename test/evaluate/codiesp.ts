import { readFileSync } from 'node:fs';
import type { Suggestion } from '../../lib/model/suggestion.js';

export interface Case { readonly id: string; readonly text: string; readonly codes: readonly string[] }
interface Scored { readonly precision: number; readonly recall: number; readonly f1: number; readonly map: number }

/** The cases of a file. */
export function readCases(file: string): readonly Case[] {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Case);
}

/** Micro precision, recall, F1 of the shown codes, MAP over all that were ranked, precision of the surest. Prints a line under the name; with `verbose` what costs most. */
export function evaluateCodiesp(suggest: (text: string) => readonly Suggestion[], cases: readonly Case[], name: string | null, verbose: boolean): Scored {
  let hit = 0, said = 0, gold = 0, hit3 = 0, said3 = 0, gold3 = 0, sumAp = 0;
  const sure: { readonly confidence: number; readonly right: boolean }[] = [];
  const wrong = new Map<string, number>();
  const missed = new Map<string, number>();
  for (const one of cases) {
    const all = suggest(one.text).filter(({ system }) => system === 'ICD-10');
    const wanted = new Set(one.codes);
    const shown = all.filter((each) => each.shown);
    const codes = new Set<string>(shown.map(({ code }) => code));
    for (const each of shown) {
      sure.push({ confidence: each.confidence, right: wanted.has(each.code) });
      if (!wanted.has(each.code)) { const at = each.evidence[0].span; const key = `${each.code} ${one.text.slice(at.start, at.end).toLowerCase()}`; wrong.set(key, (wrong.get(key) ?? 0) + 1); }
    }
    for (const code of wanted) if (!codes.has(code)) missed.set(code, (missed.get(code) ?? 0) + 1);
    hit += [...codes].filter((code) => wanted.has(code)).length;
    said += codes.size;
    gold += wanted.size;
    const three = (list: Iterable<string>): Set<string> => new Set([...list].map((code) => code.slice(0, 3)));
    hit3 += [...three(codes)].filter((code) => three(wanted).has(code)).length;
    said3 += three(codes).size;
    gold3 += three(wanted).size;
    let right = 0;
    let ap = 0;
    [...all].sort((a, b) => b.confidence - a.confidence).forEach(({ code }, rank) => { if (wanted.has(code)) { right += 1; ap += right / (rank + 1); } });
    sumAp += wanted.size === 0 ? 0 : ap / wanted.size;
  }
  sure.sort((a, b) => b.confidence - a.confidence);
  const top = (share: number): string => { const list = sure.slice(0, Math.ceil(sure.length * share)); return (list.filter(({ right }) => right).length / list.length).toFixed(3); };
  const f1 = (2 * hit) / (said + gold);
  if (name !== null) console.info(`${name}: P ${(hit / said).toFixed(3)} R ${(hit / gold).toFixed(3)} F1 ${f1.toFixed(3)} MAP ${(sumAp / cases.length).toFixed(3)} | 3 characters F1 ${((2 * hit3) / (said3 + gold3)).toFixed(3)} | top 10/20/30 % ${top(0.1)} ${top(0.2)} ${top(0.3)} | notes ${cases.length}, codes said ${said}`);
  if (verbose) {
    const most = (of: ReadonlyMap<string, number>): string => [...of].sort((a, b) => b[1] - a[1]).slice(0, 90).map(([key, count]) => `${key} ×${count}`).join('; ');
    console.info(`  wrong: ${most(wrong)}\n  missed: ${most(missed)}`);
  }
  return { precision: hit / said, recall: hit / gold, f1, map: sumAp / cases.length };
}
