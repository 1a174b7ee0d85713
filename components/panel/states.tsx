import type { ComponentChildren, JSX } from 'preact';
import type { RecordView, TabView } from '../../lib/model/review.js';
import type { PartFound } from '../../lib/model/snapshot.js';
import type { Words, WordKey } from '../words.js';
import { Glyph } from './shapes.jsx';
import type { GlyphName } from './shapes.jsx';
import { countDocuments, countVerdicts, documentTitle, gapWords, gapsByKind, isWhollyRead, unreadDocuments } from './record-summary.js';
import { Key } from './sheets.jsx';

interface StateProps { readonly glyph: GlyphName; readonly title: string; readonly texts: readonly string[]; readonly children?: ComponentChildren }

/** What is known, what is not, what is safe, and the one next step. */
function State({ glyph, title, texts, children }: StateProps): JSX.Element {
  return (
    <div class="state">
      <Glyph name={glyph} large />
      <h2>{title}</h2>
      {texts.map((text) => <p key={text}>{text}</p>)}
      {children ? <div class="acts">{children}</div> : null}
    </div>
  );
}

interface TabStateProps { readonly view: Exclude<TabView, { readonly kind: 'record' }>; readonly words: Words; readonly onReadAgain: () => void; readonly onReadAnyPage: () => void; readonly onTeach: () => void; readonly onAllowSite: () => void }

/** The panel when there is no record to show: site off, not running, reading, patient not confirmed, two patients. */
export function TabState({ view, words, onReadAgain, onReadAnyPage, onTeach, onAllowSite }: TabStateProps): JSX.Element {
  const { say } = words;
  const readAgain = <button type="button" class="btn" onClick={onReadAgain}>{say('action.readAgain')} <Key chord="Ctrl+Enter" words={words} /></button>;
  switch (view.kind) {
    case 'site-off': return <State glyph="lock" title={say('state.siteOff.title')} texts={[say('state.siteOff.text')]}><button type="button" class="btn go" onClick={onAllowSite}>{say('action.allowSite')}</button></State>;
    case 'not-running': return <State glyph="clock" title={say('state.notRunning.title')} texts={[say('state.notRunning.text')]}>{readAgain}</State>;
    case 'reading': return <><State glyph="clock" title={say('state.reading.title')} texts={[say('state.reading.text')]} /><div class="sk" style={{ width: '62%' }} /><div class="sk" style={{ width: '44%' }} /><div class="sk" style={{ width: '54%' }} /></>;
    case 'no-patient': {
      const { subject } = view;
      const gaps = gapsByKind(view.gaps).map((gap) => gapWords(gap, words)).join('; ');
      if (subject.kind === 'two') return <State glyph="people" title={say('state.two.title')} texts={[say('state.two.text'), say('state.safe'), ...(gaps ? [gaps] : [])]} />;
      if (subject.reason === 'no-adapter') {
        return <State glyph="unreadable" title={say('state.untaught.title')} texts={[say('state.untaught.text'), say('state.untaught.anyway')]}><button type="button" class="btn go" onClick={onTeach}>{say('command.picker')}</button><button type="button" class="btn" onClick={onReadAnyPage}>{say('action.readAnyPage')}</button></State>;
      }
      const [banner, note] = subject.lastDigits;
      const why = subject.reason === 'disagree' && banner !== undefined && note !== undefined
        ? say('state.unknown.disagreeDigits', { banner, note })
        : say(`state.unknown.${subject.reason}` as WordKey);
      return <><PageChanged missing={view.missing} words={words} /><State glyph="person" title={say('state.unknown.title')} texts={[`${why} ${say('state.unknown.held')}`, say('state.safe'), ...(gaps ? [gaps] : [])]}>{readAgain}{subject.reason === 'no-banner' ? <button type="button" class="btn" onClick={onTeach}>{say('command.picker')}</button> : null}</State></>;
    }
  }
}

/** Amber: parts that the description of this record names and the page no longer has. */
export function PageChanged({ missing, words }: { readonly missing: readonly PartFound[]; readonly words: Words }): JSX.Element | null {
  if (missing.length === 0) return null;
  const parts = missing.map(({ part }) => words.say(`part.${part}`)).join(', ');
  return (
    <div class="depth" role="note"><Glyph name="important" /> <b>{words.say('adapter.title')}</b>
      <span class="small block">{words.say('adapter.missing', { parts })}{missing.some(({ tooWide }) => tooWide) ? ` ${words.say('adapter.tooWide')}` : ''}</span>
    </div>
  );
}

interface EmptyProps { readonly record: RecordView; readonly words: Words; /** Null where the profile logs nothing. */ readonly onLogUnreadable: (() => void) | null; readonly onOpenLetters: () => void }

/** A confirmed patient without a row to list: nothing readable, nothing open, or read and nothing to mark. */
export function EmptyState({ record, words, onLogUnreadable, onOpenLetters }: EmptyProps): JSX.Element {
  const { say } = words;
  const { read, total } = countDocuments(record);
  if (read === 0 && total === 0) return <State glyph="unreadable" title={say('state.empty.title')} texts={[say('state.empty.text')]} />;
  if (read === 0) {
    const count = unreadDocuments(record).reduce((sum, gap) => sum + gap.count, 0);
    return (
      <State glyph="unreadable" title={say('state.unreadable.title', { count })} texts={[say('state.unreadable.text')]}>
        {onLogUnreadable ? <button type="button" class="btn go" onClick={onLogUnreadable}>{say('action.logUnreadable', { count })}</button> : null}
        {record.gaps.some((gap) => gap.kind === 'plugin') ? <button type="button" class="btn" onClick={onOpenLetters}>{say('action.openLetters')}</button> : null}
      </State>
    );
  }
  const titles = record.documents.map((document) => documentTitle(document, words)).join(', ');
  const use = countVerdicts(record).use;
  const texts = [say(isWhollyRead(record) ? 'state.clean.text' : 'state.clean.partly', { edition: record.edition, titles })];
  if (use > 0) texts.push(say('state.useOnly', { count: use }));
  return <State glyph="tick" title={say('state.clean.title', { count: read })} texts={texts} />;
}
