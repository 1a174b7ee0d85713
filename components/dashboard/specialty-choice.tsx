import type { JSX } from 'preact';
import type { SpecialtyId } from '../../lib/model/episode.js';
import type { SheetEntry } from '../../lib/model/sheet.js';
import type { Words } from '../words.js';

/** In which specialties an entry applies: every one, or those that are ticked. With none ticked it applies everywhere again. */
export function SpecialtyChoice({ id, entry, specialties, specialtyOf, words, onEdit }: { readonly id: string; readonly entry: SheetEntry; readonly specialties: readonly SpecialtyId[]; readonly specialtyOf: (id: string) => string; readonly words: Words; readonly onEdit: (entry: SheetEntry) => void }): JSX.Element {
  const { appliesTo } = entry;
  const own: readonly SpecialtyId[] = appliesTo === 'all' ? [] : appliesTo;
  const put = (one: SpecialtyId, isOn: boolean): void => {
    const next = specialties.filter((each) => (each === one ? isOn : own.includes(each)));
    onEdit({ ...entry, appliesTo: next.length === 0 ? 'all' : next });
  };
  return (
    <details class="for" id={id}>
      <summary>{words.say('sheet.specialties')}: {own.length === 0 ? words.say('dashboard.allSpecialties') : own.map(specialtyOf).join(', ')}</summary>
      <div class="picks">{specialties.map((one) => <label key={one} class="check"><input type="checkbox" checked={own.includes(one)} onChange={(event) => put(one, event.currentTarget.checked)} /> {specialtyOf(one)}</label>)}</div>
    </details>
  );
}
