import type { SheetEntry } from '../../lib/model/sheet.js';
import type { Rule } from '../../lib/model/rulebook.js';

/** All that people wrote in entries, under the entry's id: what is looked through before a sheet leaves. Days and signatures are written by machines and are left out. */
export function sheetWords(entries: readonly (Rule | SheetEntry)[], more: Readonly<Record<string, unknown>> = {}): unknown {
  return {
    ...more,
    ...Object.fromEntries(entries.map((entry) => [entry.id, {
      term: entry.term, forms: entry.forms.map(({ text }) => text), text: entry.text, source: entry.source, unless: entry.unless, onlyWhen: entry.onlyWhen,
      find: entry.examples.find.map(({ text }) => text), leave: entry.examples.leave.map(({ text }) => text),
      ...('status' in entry ? { by: (['en', 'cy'] as const).flatMap((language) => { const status = entry.status[language]; return 'by' in status ? [status.by] : []; }) } : {}),
    }])),
  };
}
