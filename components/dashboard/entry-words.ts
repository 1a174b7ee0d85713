import { cuePlaces, matchFor, type ContextCue, type CuePlace, type RuleExample, type TermForm } from '../../lib/model/rulebook.js';
import type { EntryPart, SheetEntry } from '../../lib/model/sheet.js';
import type { Words } from '../words.js';

/** Lines as people write them into a box: no empty ones, no blanks about them. */
export const linesOf = (text: string): readonly string[] => text.split('\n').map((one) => one.trim()).filter((one) => one !== '');

/** The forms that stand in a box, one a line; a form that was there keeps how strictly it matches. Null where none is left: an entry has one or more. */
export function formsFrom(entry: SheetEntry, text: string): SheetEntry['forms'] | null {
  const [first, ...others] = linesOf(text).map((one): TermForm => entry.forms.find((form) => form.text === one) ?? { text: one, language: 'any', caseSensitive: entry.kind === 'abbreviation', match: matchFor(one) });
  return first ? [first, ...others] : null;
}

/** The examples that stand in a box, one a line; one that was there keeps its specialty. */
export function examplesFrom(entry: SheetEntry, which: 'find' | 'leave', text: string): readonly RuleExample[] {
  return linesOf(text).map((one) => entry.examples[which].find((old) => old.text === one) ?? { text: one, specialty: null });
}

/** A context with the wordings of one place as they stand in a box, one a line; null where none is left anywhere. */
export function cueFrom(cue: ContextCue | null, at: CuePlace, text: string): ContextCue | null {
  const wordings = cuePlaces.flatMap((place) => { const own = place === at ? linesOf(text) : cue?.[place] ?? []; return own.length > 0 ? [[place, own] as const] : []; });
  return wordings.length > 0 ? Object.fromEntries(wordings) : null;
}

/** One field of a part of an entry, as it is read beside another person's. */
export interface FieldShown { readonly label: string; readonly text: string; readonly lang?: 'en' | 'cy' }

/** What a part of an entry says, field by field. */
export function fieldsOfPart(entry: SheetEntry, part: EntryPart, { say }: Words, specialtyOf: (id: string) => string): readonly FieldShown[] {
  const one = (text: string): readonly FieldShown[] => [{ label: say(`sheet.part.${part}`), text }];
  switch (part) {
    case 'term': return one(entry.term);
    case 'kind': return one(say(`sheet.kind.${entry.kind}`));
    case 'verdict': return one(say(`verdict.${entry.verdict}`));
    case 'forms': return one(entry.forms.map(({ text }) => text).join('\n'));
    case 'appliesTo': return one(entry.appliesTo === 'all' ? say('dashboard.allSpecialties') : entry.appliesTo.map(specialtyOf).join('\n'));
    case 'noisy': return one(say(entry.noisy ? 'sheet.noisy.off' : 'sheet.noisy.on'));
    case 'unless': case 'onlyWhen': { const cue = entry[part]; return one(cue ? cuePlaces.flatMap((place) => (cue[place]?.length ? [`${say(`sheet.cue.${place}`)}: ${cue[place].join(', ')}`] : [])).join('\n') : '–'); }
    case 'number': return one(entry.number ? `${entry.number.atLeast ?? ''}–${entry.number.atMost ?? ''}` : '–');
    case 'find': case 'leave': return one(entry.examples[part].map(({ text }) => text).join('\n'));
    case 'en': case 'cy': {
      const [{ short, why, instead }, status] = [entry.text[part], entry.status[part]];
      return [
        { label: say('sheet.short'), text: short, lang: part }, { label: say('sheet.why'), text: why, lang: part }, { label: say('detail.instead'), text: instead.join('\n'), lang: part },
        { label: say('sheet.source'), text: entry.source[part], lang: part }, { label: say('sheet.state'), text: `${say(`sheet.state.${status.state}`)}${'by' in status ? ` ${status.by}` : ''}` },
      ];
    }
  }
}
