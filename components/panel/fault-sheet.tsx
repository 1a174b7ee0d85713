import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { documentKinds, type DocumentId, type DocumentKind } from '../../lib/model/document.js';
import { authorRoles, documentCategories, markCategories, mostMinutes, type AuthorRole, type DocumentDetails, type FaultCategory, type FaultDetails, type Hospital, type NamedPlace, type Team } from '../../lib/model/fault.js';
import { inLocale } from '../../lib/model/language.js';
import type { FaultyDocument } from '../../lib/model/decision.js';
import type { ReviewedDocument } from '../../lib/model/review.js';
import type { Words } from '../words.js';
import { datedTitle } from './record-summary.js';
import { Sheet } from './sheets.jsx';

export interface FaultSheetProps {
  readonly words: Words;
  /** The mark in hand with the category that it speaks for; null for a fault that no term names. */
  readonly mark: { readonly words: string; readonly category: FaultCategory; readonly document: ReviewedDocument } | null;
  /** Documents that a fault may be of, in the order of the page. */
  readonly documents: readonly ReviewedDocument[];
  /** The one that is suggested; null where none is in hand. It may come while the sheet is open, with the words selected in it. */
  readonly suggested: DocumentId | null;
  readonly selected: string | null;
  /** What is suggested of a document that is not on screen. */
  readonly elsewhere: DocumentDetails;
  readonly hospitals: readonly Hospital[];
  readonly teams: readonly Team[];
  readonly onLog: (details: FaultDetails, about: FaultyDocument) => void;
  readonly onClose: () => void;
}

/** Minutes that one press of + or − adds or takes. */
const step = 5;
/** Kinds that an episode is likely to lack, the likeliest first: what is suggested as missing is none that is there. */
const oftenMissing: readonly DocumentKind[] = ['discharge-letter', 'operation-note', 'result', 'clinic-letter'];

/**
 * What is said of a fault before it is logged: everything that the page tells is filled in already, Enter logs it. A figure anywhere chooses the category,
 * + and − the minutes, so that a usual fault takes three keys or four.
 */
export function FaultSheet({ words, mark, documents, suggested, selected, elsewhere, hospitals, teams, onLog, onClose }: FaultSheetProps): JSX.Element {
  const { say } = words;
  const categories: readonly FaultCategory[] = mark ? markCategories : documentCategories;
  const [category, setCategory] = useState<FaultCategory>(mark?.category ?? 'missing-laterality');
  const [chosen, setChosen] = useState<DocumentId | 'elsewhere' | null>(null);
  const [missing, setMissing] = useState<DocumentKind>(oftenMissing.find((kind) => !documents.some((document) => document.kind === kind)) ?? 'other');
  const [said, setSaid] = useState<Partial<DocumentDetails>>({});
  const radios = useRef<HTMLFieldSetElement>(null);

  const at = chosen ?? suggested ?? documents[0]?.id ?? 'elsewhere';
  const document = mark ? mark.document : category === 'missing-document' ? undefined : documents.find(({ id }) => id === at);
  const details: DocumentDetails = { ...(document?.details ?? elsewhere), ...said };
  const tell = (part: Partial<DocumentDetails>): void => setSaid((before) => ({ ...before, ...part }));
  const setMinutes = (minutes: number): void => tell({ minutes: Math.min(mostMinutes, Math.max(0, Math.round(minutes) || 0)) });
  const log = (): void => { onClose(); onLog({ category, ...details }, document ? { kind: 'here', document: document.id } : { kind: 'elsewhere', documentKind: missing }); };
  // The figure chooses, and the focus follows it, so that the arrows go on from there.
  useEffect(() => { const inside = radios.current?.contains(radios.current.ownerDocument.activeElement); if (inside) radios.current?.querySelector<HTMLElement>('input:checked')?.focus(); }, [category]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const target = event.target as Element;
    if (event.key === 'Enter' && !target.matches('button')) { event.preventDefault(); log(); return; }
    const by = event.key === '+' || event.key === '=' ? step : event.key === '-' || event.key === '−' ? -step : 0;
    if (by !== 0) { event.preventDefault(); setMinutes(details.minutes + by); return; }
    if (!/^\d$/.test(event.key) || target.matches('input[type=number]')) return;
    const named = categories[(Number(event.key) + 9) % 10];
    if (named === undefined) return;
    event.preventDefault();
    setCategory(named);
  };
  const choice = <Value extends string>(label: string, value: Value, options: readonly (readonly [value: Value, name: string])[], set: (value: Value) => void): JSX.Element => (
    <label class="faultchoice"><span>{label}</span>
      <select class="find" value={value} onChange={(event) => { const option = options.find(([one]) => one === event.currentTarget.value); if (option) set(option[0]); }}>
        {options.map(([one, name]) => <option key={one} value={one} selected={one === value}>{name}</option>)}
      </select>
    </label>
  );
  const named = <Id extends string>(places: readonly NamedPlace<Id>[]): readonly (readonly [Id | 'unknown', string])[] => [['unknown', say('faultsheet.unknown')], ...places.map(({ id, name }) => [id, inLocale(name, words.locale)] as const)];
  const title = mark ? say('faultsheet.title', { words: mark.words }) : say('faultsheet.documentTitle');

  return (
    <Sheet label={title} onClose={onClose}>
      <form class="fault pad" onKeyDown={onKeyDown} onSubmit={(event) => { event.preventDefault(); log(); }} novalidate>
        <h2>{title}</h2>
        {selected === null ? null : <p class="small">{say('faultsheet.selected', { words: selected })}</p>}
        <fieldset ref={radios}>
          <legend>{say('faultsheet.category')}</legend>
          {categories.map((one, index) => (
            <label key={one} class={one === category ? 'is-chosen' : ''}>
              <input type="radio" name="category" value={one} checked={one === category} {...(one === category ? { 'data-first': true } : {})} onChange={() => setCategory(one)} />
              <span class="sp">{say(`fault.${one}`)}</span><kbd aria-hidden="true">{(index + 1) % 10}</kbd>
            </label>
          ))}
        </fieldset>
        {mark ? <p class="small faultdocument">{say('faultsheet.in', { document: datedTitle(mark.document, words), kind: say(`document.${mark.document.kind}`) })}</p>
          : category === 'missing-document' ? null
            : choice(say('faultsheet.document'), at, [...documents.map((one) => [one.id, datedTitle(one, words)] as const), ['elsewhere', say('faultsheet.elsewhere')]], setChosen)}
        {document ? null : choice(say('faultsheet.kind'), missing, documentKinds.map((kind) => [kind, say(kind === 'other' ? 'faultsheet.otherKind' : `document.${kind}`)] as const), setMissing)}
        {choice<AuthorRole>(say('faultsheet.author'), details.authorRole, authorRoles.map((role) => [role, say(`role.${role}`)] as const), (authorRole) => tell({ authorRole }))}
        {hospitals.length > 0 ? choice(say('faultsheet.site'), details.site, named(hospitals), (site) => tell({ site })) : null}
        {teams.length > 0 ? choice(say('faultsheet.team'), details.team, named(teams), (team) => tell({ team })) : null}
        <label class="faultchoice"><span>{say('faultsheet.minutes')}</span>
          <span class="minutes"><input class="find" type="number" min={0} max={mostMinutes} step={1} value={details.minutes} onInput={(event) => setMinutes(event.currentTarget.valueAsNumber)} /> <kbd>+</kbd> <kbd>−</kbd></span>
        </label>
        <div class="acts">
          <button type="submit" class="btn go">{say('faultsheet.log')} <kbd>↵</kbd></button>
          <button type="button" class="btn" onClick={onClose}>{say('action.close')} <kbd>Esc</kbd></button>
        </div>
      </form>
    </Sheet>
  );
}
