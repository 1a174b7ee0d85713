import type { JSX } from 'preact';
import { leadExamples } from '../../assets/lead-examples.js';
import style from '../../components/dashboard/lead-page.css?raw';
import { fieldsOf, leadPageLines, type LeadPageText } from '../../components/dashboard/lead-page-text.js';
import { PacksPage, type PackWay } from '../../components/dashboard/packs-page.jsx';
import { saveLooked } from '../../components/save-file.js';
import { createWords, type Words } from '../../components/words.js';
import { csvText } from '../../lib/base/csv.js';
import type { Counter } from '../../lib/model/counters.js';
import type { SpecialtyId } from '../../lib/model/episode.js';
import { identifiersIn } from '../../lib/model/identifier.js';
import { inLocale } from '../../lib/model/language.js';
import type { LeadPack } from '../../lib/model/lead-pack.js';
import type { Clock, CounterStore } from '../../lib/model/ports.js';
import type { Intervention } from '../../lib/model/quality.js';
import type { Rulebook } from '../../lib/model/rulebook.js';
import type { Settings } from '../../lib/model/settings.js';
import { canCompareSince, leadPack, questionOf } from '../../lib/reports/index.js';
import { packHtml } from './pack-html.js';

export type PacksHere = ReadonlyMap<SpecialtyId, readonly Counter[]>;

export interface PacksRoom {
  readonly read: () => Promise<PacksHere>;
  readonly page: (here: PacksHere, settings: Pick<Settings, 'interventions' | 'rebases'>, words: Words) => JSX.Element;
}

/** The pages for clinical leads, from the running counters alone. */
export function createPacksRoom({ counters, clock, rulebook, again }: { readonly counters: CounterStore; readonly clock: Clock; readonly rulebook: Pick<Rulebook, 'rules' | 'specialties'>; readonly again: () => void }): PacksRoom {
  let told: string | null = null;
  const leave = async (way: PackWay, pack: LeadPack, texts: readonly [LeadPageText, ...LeadPageText[]], words: Words): Promise<void> => {
    const lines = leadPageLines(pack, texts, createWords(texts[0].locale));
    const [stopped] = identifiersIn(fieldsOf(lines));
    if (stopped) { told = words.say('packs.stopped', { where: stopped.where }); again(); return; }
    const name = `nodi-pack-${pack.specialty}-${pack.to}`;
    told = null;
    const save = (content: string | Blob, ending: string, type?: 'text/csv' | 'text/html'): void => { const where = saveLooked(lines, content, `${name}.${ending}`, type); if (where !== null) { told = words.say('export.stopped', { where }); again(); } };
    switch (way) {
      case 'print': window.print(); return;
      case 'csv': save(csvText(lines), 'csv', 'text/csv'); return;
      case 'html': save(packHtml(texts, [...document.querySelectorAll('.a4')], style), 'html', 'text/html'); return;
      case 'docx': {
        const { packDocx } = await import('./pack-docx.js');
        save(await packDocx(texts, pack.chart.kind === 'chart' ? pack.chart.chart : null), 'docx');
        return;
      }
      case 'xlsx': {
        const { packXlsx } = await import('./pack-xlsx.js');
        save(await packXlsx(lines), 'xlsx');
      }
    }
  };
  const read = async (): Promise<PacksHere> => {
    const totals = await counters.totals();
    const ids = totals.ok ? [...new Set(totals.value.flatMap(({ specialty, episodesRead }) => (specialty === 'unknown' || episodesRead === 0 ? [] : [specialty])))] : [];
    return new Map(await Promise.all(ids.map(async (id) => { const own = await counters.countersOf(id); return [id, own.ok ? own.value : []] as const; })));
  };
  return {
    read,
    page: (here, settings, words) => {
      const { to, interventions, rebases } = questionOf(settings, clock, 12);
      const doneIn = (id: SpecialtyId): readonly Intervention[] => [...interventions.get(id) ?? [], ...interventions.get('all') ?? []];
      const specialties = rulebook.specialties.filter(({ id }) => here.has(id)).sort((a, b) => inLocale(a.name, words.locale).localeCompare(inLocale(b.name, words.locale), words.locale));
      return <PacksPage specialties={specialties} told={told} words={words} canSince={(specialty) => canCompareSince(doneIn(specialty), to)}
        packOf={(specialty, period) => leadPack(here.get(specialty) ?? [], { specialty, to, period, interventions: doneIn(specialty), rebases: rebases.get(specialty) ?? [], rules: rulebook.rules, examples: leadExamples })}
        onLeave={(way, pack, texts) => void leave(way, pack, texts, words).catch(() => { told = words.say('packs.notSaved'); again(); })} />;
    },
  };
}
