import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Result } from '../../lib/base/result.js';
import type { AdapterDefinition } from '../../lib/model/adapter.js';
import { mostMinutes } from '../../lib/model/fault.js';
import { inLocale } from '../../lib/model/language.js';
import type { Locale } from '../../lib/model/language.js';
import type { RuleCard } from '../../lib/model/review.js';
import { profiles } from '../../lib/model/profile.js';
import type { SettingsStore } from '../../lib/model/ports.js';
import type { EffectiveSettings, Settings } from '../../lib/model/settings.js';
import { textOfChosen } from '../chosen-file.js';
import { profileViews } from '../profile-views.js';
import { TypedText } from '../typed-text.jsx';
import { createWords } from '../words.js';
import type { Words } from '../words.js';
import { CodeLists, Sources, type CodeListsProps } from './code-lists.jsx';
import { ExceptionEditor, type ExceptionEditorProps } from './exception-editor.jsx';
import { DoubtList } from './doubt-list.jsx';
import { DrugList } from './drug-list.jsx';
import { HospitalList } from './hospital-list.jsx';
import { LogSection, type LogSectionProps } from './log-section.jsx';
import { KeyMap } from '../panel/key-map.jsx';
import { VerdictShape } from '../panel/shapes.jsx';
import { saveLooked } from '../save-file.js';

/** What the options page is given and what it may ask for. */
export interface OptionsProps {
  readonly settings: EffectiveSettings;
  /** Cards of the terms that are off until someone turns them on. */
  readonly noisy: readonly RuleCard[];
  readonly change: SettingsStore['change'];
  /** False where the browser opens its panel by no key pressed in a page (Firefox). */
  readonly pageKeyOpensPanel: boolean;
  /** Asks the browser for one origin (`https://host`) and notes it; false when it was refused. Called inside the person's click. */
  readonly onAllowSite: (origin: string) => Promise<boolean>;
  readonly onRemoveSite: (origin: string) => Promise<void>;
  readonly log: Omit<LogSectionProps, 'words'>;
  readonly codeLists: CodeListsProps;
  /** The list of exceptions that ships, sample episodes, and how a list decides one. */
  readonly exceptions: Pick<ExceptionEditorProps, 'samples' | 'onTry'> & { readonly shipped: ExceptionEditorProps['list'] };
  /** The file of sources and licences that ships with the code lists, in English. */
  readonly sources: string;
  /** Checks a description and adds it; `reason` names what is wrong with it. */
  readonly onImportAdapter: (text: string) => Promise<Result<AdapterDefinition, { readonly kind: string; readonly reason: string }>>;
}

/** The origin that a typed address names, or null: https only, and http on this computer itself. */
export function originOf(address: string): string | null {
  try {
    const url = new URL(address.trim());
    const isLocal = url.hostname === 'localhost' || url.hostname === '127.0.0.1';
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLocal) ? url.origin : null;
  } catch { return null; }
}

/** Sites, language, noisy terms, list and keys, code lists, page descriptions, privacy, sources. What the health board has fixed is shown and cannot be changed here. */
export function Options({ settings: { settings, managed, policyProblems }, pageKeyOpensPanel, noisy, change, onAllowSite, onRemoveSite, onImportAdapter, log, codeLists, exceptions, sources }: OptionsProps): JSX.Element {
  const words = useMemo(() => createWords(settings.locale), [settings.locale]);
  const { say } = words;
  const [address, setAddress] = useState('');
  const [siteProblem, setSiteProblem] = useState('');
  const [description, setDescription] = useState('');
  const [adapterProblem, setAdapterProblem] = useState('');
  const [notice, setNotice] = useState('');
  useEffect(() => { document.documentElement.lang = settings.locale; document.title = say('options.title'); }, [settings.locale]);

  const isFixed = (key: keyof Settings): boolean => managed.includes(key);
  const set = (part: Partial<Settings>): void => {
    void change(part).then((result) => {
      if (result.ok) { setNotice(createWords(result.value.settings.locale).say('options.saved')); return; }
      setNotice(say(result.failure.kind === 'managed' ? 'options.managed' : 'options.notSaved'));
    }, () => setNotice(say('options.notSaved')));
  };
  const allow = (event: Event): void => {
    event.preventDefault();
    const origin = originOf(address);
    if (origin === null) { setSiteProblem(say('options.sites.bad')); return; }
    setSiteProblem('');
    void onAllowSite(origin).then((allowed) => {
      if (!allowed) { setSiteProblem(say('options.sites.denied')); return; }
      setAddress(''); setNotice(say('options.sites.added', { site: origin }));
    }, () => setSiteProblem(say('options.sites.denied')));
  };
  const add = (event: Event): void => {
    event.preventDefault();
    void onImportAdapter(description).then((result) => {
      if (result.ok) { setAdapterProblem(''); setDescription(''); setNotice(say('options.adapters.added', { name: result.value.name })); return; }
      setAdapterProblem(say('options.adapters.bad', { reason: result.failure.reason }));
    }, () => setAdapterProblem(say('options.notSaved')));
  };
  const choice = (key: 'marks' | 'listUse' | 'singleKeys', label: string): JSX.Element => (
    <label class="choice"><input type="checkbox" checked={settings[key]} disabled={isFixed(key)} onChange={(event) => set({ [key]: event.currentTarget.checked })} /> <span>{label}</span> <Fixed words={words} when={isFixed(key)} /></label>
  );

  return (
    <main class="options" lang={settings.locale}>
      <h1>{say('options.title')}</h1>
      {policyProblems.length > 0 ? <p class="problem" role="alert">{say('options.policyProblems', { parts: policyProblems.join(', ') })}</p> : null}
      <p class="small" role="status">{notice}</p>

      <h2 id="o-language">{say('options.language')} <Fixed words={words} when={isFixed('locale')} /></h2>
      <div role="radiogroup" aria-labelledby="o-language">
        {([['en-GB', 'English', 'en'], ['cy', 'Cymraeg', 'cy']] as readonly (readonly [Locale, string, string])[]).map(([locale, name, lang]) => (
          <label key={locale} class="choice"><input type="radio" name="locale" checked={settings.locale === locale} disabled={isFixed('locale')} onChange={() => set({ locale })} /> <span lang={lang}>{name}</span></label>
        ))}
      </div>

      <h2 id="o-profile">{say('options.profile')} <Fixed words={words} when={isFixed('profile')} /></h2>
      <p>{say('options.profile.text')}</p>
      <div role="radiogroup" aria-labelledby="o-profile">
        {profiles.map((profile) => (
          <label key={profile} class="choice"><input type="radio" name="profile" checked={settings.profile === profile} disabled={isFixed('profile')} onChange={() => set({ profile, profileAsked: true })} /> <span>{say(`options.profile.${profile}`)}</span></label>
        ))}
      </div>

      <h2>{say('options.sites')} <Fixed words={words} when={isFixed('sites')} /></h2>
      <p>{say(settings.sites.length === 0 ? 'options.sites.none' : 'options.sites.text')}</p>
      <ul>{settings.sites.map((site) => (
        <li key={site}><span class="sp">{site}</span>{isFixed('sites') ? null : <button type="button" class="btn" aria-label={say('options.sites.remove', { site })} onClick={() => void onRemoveSite(site).then(() => setNotice(say('options.sites.removed', { site })), () => setNotice(say('options.notSaved')))}>{say('options.remove')}</button>}</li>
      ))}</ul>
      {isFixed('sites') ? null : (
        <form onSubmit={allow} novalidate>
          <label class="field">{say('options.sites.add')}<input type="url" value={address} placeholder={say('options.sites.example')} aria-invalid={siteProblem !== ''} {...(siteProblem === '' ? {} : { 'aria-describedby': 'site-problem' })} onInput={(event) => setAddress(event.currentTarget.value)} /></label>
          {siteProblem === '' ? null : <p class="problem" id="site-problem" role="alert">{siteProblem}</p>}
          <div class="acts"><button type="submit" class="btn go">{say('options.sites.allow')}</button></div>
        </form>
      )}

      <h2>{say('options.list')}</h2>
      {choice('marks', say('options.marks'))}
      {choice('listUse', say('options.listUse'))}
      {choice('singleKeys', say('options.singleKeys'))}
      <label class="choice"><input type="checkbox" checked={settings.density === 'comfortable'} disabled={isFixed('density')} onChange={(event) => set({ density: event.currentTarget.checked ? 'comfortable' : 'compact' })} /> <span>{say('options.comfortable')}</span> <Fixed words={words} when={isFixed('density')} /></label>

      <h2>{say('options.keys')} <Fixed words={words} when={isFixed('keys')} /></h2>
      <KeyMap words={words} without={profileViews[settings.profile].without} keys={settings.keys} onKeys={isFixed('keys') ? null : (keys) => set({ keys })} singleKeys={settings.singleKeys} recordKeys={[]} pageKeyOpensPanel={pageKeyOpensPanel} />

      <h2>{say('options.faults')} <Fixed words={words} when={isFixed('hospitals')} /></h2>
      <p>{say('options.faults.text')}</p>
      <label class="field">{say('options.faults.hospital')} <select disabled={isFixed('hospital') || settings.hospitals.length === 0} value={settings.hospital ?? ''} onChange={(event) => set({ hospital: settings.hospitals.find(({ id }) => id === event.currentTarget.value)?.id ?? null })}>
        {[{ id: null, name: say('faultsheet.unknown') }, ...settings.hospitals.map(({ id, name }) => ({ id, name: inLocale(name, settings.locale) }))].map(({ id, name }) => <option key={id ?? ''} value={id ?? ''} selected={id === settings.hospital}>{name}</option>)}
      </select></label>
      <label class="field">{say('options.faults.minutes')} <TypedText type="number" min={0} max={mostMinutes} step={1} value={String(settings.faultMinutes)} disabled={isFixed('faultMinutes')} onDone={(text) => { const minutes = text === '' ? NaN : Number(text); if (Number.isInteger(minutes) && minutes >= 0 && minutes <= mostMinutes) set({ faultMinutes: minutes }); }} /></label>
      <HospitalList words={words} hospitals={settings.hospitals} fixed={isFixed('hospitals')} onHospitals={(hospitals) => set({ hospitals })} />

      <h2>{say('options.doubt')} <Fixed words={words} when={isFixed('doubt')} /></h2>
      <p>{say('options.doubt.text')}</p>
      <DoubtList words={words} doubt={settings.doubt} fixed={isFixed('doubt')} onDoubt={(doubt) => set({ doubt })} />

      <h2>{say('options.drugs')} <Fixed words={words} when={isFixed('highCostDrugs')} /></h2>
      <p>{say('options.drugs.text')}</p>
      <DrugList words={words} codes={settings.highCostDrugs} fixed={isFixed('highCostDrugs')} onCodes={(highCostDrugs) => set({ highCostDrugs })} />

      <h2>{say('exceptions.title')} <Fixed words={words} when={isFixed('exceptions')} /></h2>
      <ExceptionEditor words={words} depth={settings.depth} list={settings.exceptions ?? exceptions.shipped} isShipped={settings.exceptions === null} fixed={{ depth: isFixed('depth'), list: isFixed('exceptions') }} samples={exceptions.samples} onTry={exceptions.onTry} onDepth={(depth) => set({ depth })} onSave={(list) => set({ exceptions: list })} />

      <h2>{say('options.noisy')} <Fixed words={words} when={isFixed('noisyOn')} /></h2>
      <p>{say(noisy.length === 0 ? 'options.noisy.none' : 'options.noisy.text')}</p>
      {noisy.map((card) => (
        <label key={card.rule} class="choice">
          <input type="checkbox" checked={settings.noisyOn.includes(card.rule)} disabled={isFixed('noisyOn')}
            onChange={(event) => set({ noisyOn: event.currentTarget.checked ? [...settings.noisyOn, card.rule] : settings.noisyOn.filter((other) => other !== card.rule) })} />
          <VerdictShape verdict={card.verdict} /> <span><b>{card.term}</b> <span class="dim">{say(`verdict.${card.verdict}`)} · {inLocale(card.text, words.locale).short}</span></span>
        </label>
      ))}

      <h2>{say('codelists.title')}</h2>
      <CodeLists {...codeLists} words={words} />

      <h2>{say('options.adapters')} <Fixed words={words} when={isFixed('adapters')} /></h2>
      <p>{say('options.adapters.text')}</p>
      {settings.adapters.length === 0 ? <p class="dim">{say('options.adapters.none')}</p> : null}
      <ul>{settings.adapters.map((adapter) => (
        <li key={adapter.id}><span class="sp">{adapter.name} <span class="small">{adapter.id} · {adapter.version}</span></span><button type="button" class="btn" aria-label={say('options.adapters.export', { name: adapter.name })} onClick={() => { const where = saveLooked(adapter, JSON.stringify(adapter, null, 2), `${adapter.id}.v${adapter.version}.json`); setNotice(where === null ? '' : say('export.stopped', { where })); }}>{say('picker.export')}</button>{isFixed('adapters') ? null : <button type="button" class="btn" aria-label={say('options.adapters.remove', { name: adapter.name })} onClick={() => set({ adapters: settings.adapters.filter((other) => other.id !== adapter.id) })}>{say('options.remove')}</button>}</li>
      ))}</ul>
      {isFixed('adapters') ? null : (
        <form onSubmit={add}>
          <label class="field">{say('options.adapters.paste')}<textarea value={description} spellcheck={false} aria-invalid={adapterProblem !== ''} {...(adapterProblem === '' ? {} : { 'aria-describedby': 'adapter-problem' })} onInput={(event) => setDescription(event.currentTarget.value)} /></label>
          <label class="field">{say('options.adapters.file')} <input type="file" accept="application/json,.json" onChange={(event) => { const file = event.currentTarget.files?.[0]; if (file) void textOfChosen(file, 'adapter').then((text) => { if (text === null) setAdapterProblem(say('options.adapters.too-large')); else { setAdapterProblem(''); setDescription(text); } }, () => setAdapterProblem(say('options.notSaved'))); }} /></label>
          {adapterProblem === '' ? null : <p class="problem" id="adapter-problem" role="alert">{adapterProblem}</p>}
          <div class="acts"><button type="submit" class="btn" disabled={description.trim() === ''}>{say('options.adapters.add')}</button></div>
        </form>
      )}

      <h2>{say('options.log')}</h2>
      <LogSection {...log} words={words} />

      <h2>{say('options.privacy')}</h2>
      <ul>{([1, 2, 3, 4, 5] as const).map((line) => <li key={line}><span>{say(`options.privacy.${line}`)}</span></li>)}</ul>

      <h2>{say('sources.title')}</h2>
      <Sources words={words} notice={sources} />
    </main>
  );
}

function Fixed({ words, when }: { readonly words: Words; readonly when: boolean }): JSX.Element | null {
  return when ? <span class="small">({words.say('options.managed')})</span> : null;
}
