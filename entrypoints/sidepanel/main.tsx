import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import browser from 'webextension-polyfill';
import { starterSheet } from '../../assets/starter.js';
import type { LabelTurn } from '../../components/panel/mark-labels.jsx';
import { BoardCoder } from '../../components/panel/board-coder.jsx';
import { Panel } from '../../components/panel/panel.jsx';
import { saveLooked } from '../../components/save-file.js';
import { createWords } from '../../components/words.js';
import { ask, listen } from '../../lib/messaging/channel.js';
import { present, type Bound } from '../../lib/model/context.js';
import type { EventId } from '../../lib/model/decision.js';
import type { Specialty } from '../../lib/model/episode.js';
import type { PanelPart, Pointed, SelectedWords, TabView } from '../../lib/model/review.js';
import { codesCsv } from '../../lib/sync/codes-csv.js';
import { encoderText } from '../../lib/sync/encoder-text.js';
import { fhirBundle, namedFor } from '../../lib/sync/fhir-bundle.js';
import { createPanelSteps, type StepsNow } from './first-steps.js';
import { keepGuess, learner, learningNow } from './learning.js';
import { Teaching } from './teaching.jsx';
import { defaultSettings, type EffectiveSettings, type Settings } from '../../lib/model/settings.js';

const steps = createPanelSteps(learner);
const specialties = starterSheet.specialties as readonly Specialty[];

/** The tab that the panel speaks of: the active one of its window, or the one named in the address (for a panel opened as a page). */
async function tabOf(): Promise<number | null> {
  const named = new URL(location.href).searchParams.get('tab');
  if (named) return Number(named);
  const [active] = await browser.tabs.query({ active: true, currentWindow: true });
  return active?.id ?? null;
}

/** The origin shown in a tab, where the browser tells: after a click on Nodi's button, or on an allowed site. */
async function siteOf(tab: number | null): Promise<string | null> {
  const shown = tab === null ? null : await browser.tabs.get(tab).catch(() => null);
  return shown?.url && /^https?:/.test(shown.url) ? new URL(shown.url).origin : null;
}

function App(): preact.JSX.Element | null {
  const [view, setView] = useState<TabView>({ kind: 'reading' });
  const [settings, setSettings] = useState<EffectiveSettings>({ settings: defaultSettings, managed: [], policyProblems: [] });
  const [tab, setTab] = useState<number | null>(null);
  const [teaching, setTeaching] = useState(false);
  const [pointed, setPointed] = useState<{ readonly at: Pointed; readonly byKey: boolean; readonly turn: number } | null>(null);
  const [chosen, setChosen] = useState<{ readonly words: Bound<SelectedWords> | null; readonly turn: number } | null>(null);
  const [labelTurn, setLabelTurn] = useState<LabelTurn | null>(null);
  const [site, setSite] = useState<string | null>(null);
  const [firstSteps, setFirstSteps] = useState<StepsNow | null>(null);
  const stepsOf = settings.settings;
  useEffect(() => {
    const life = new AbortController();
    const look = (): void => { void steps.now(settings).then((now) => { if (!life.signal.aborted) setFirstSteps(now); }); };
    look();
    window.addEventListener('focus', look, { signal: life.signal });
    return () => life.abort();
  }, [stepsOf.profile, stepsOf.profileAsked, stepsOf.sites.length]);
  useEffect(() => { steps.did('panel'); }, []);
  // Whoever sees a record has its site allowed, by themselves or by the board.
  useEffect(() => { if (view.kind === 'record') steps.did('site'); }, [view.kind]);

  /** Asks for the view once more. */
  const lookAgain = useRef<() => Promise<void>>(() => Promise.resolve());

  useEffect(() => {
    const life = new AbortController();
    let asked = 0;
    let shownTab: number | null = null;
    /** The words that the page's own menu was opened at. */
    const takeChosen = async (about: number): Promise<void> => {
      const answer = await ask('panel.chosen', { tab: about });
      if (answer.ok && answer.value) { const { words } = answer.value; setChosen((before) => ({ words, turn: (before?.turn ?? 0) + 1 })); }
    };
    const look = async (): Promise<void> => {
      asked += 1;
      const mine = asked;
      shownTab = await tabOf();
      setTab(shownTab);
      setSite(await siteOf(shownTab));
      if (shownTab === null) { setView({ kind: 'site-off' }); return; }
      const [answer, chosen] = await Promise.all([ask('panel.view', { tab: shownTab }), ask('panel.settings', null)]);
      // A later question has been asked: this answer may be about another record.
      if (mine !== asked) return;
      if (chosen.ok) setSettings(chosen.value);
      setView(answer.ok ? answer.value : { kind: 'not-running' });
      // The key that opened this panel may have pointed at words before anybody was here to hear it.
      if (mine === 1) await takeChosen(shownTab);
      if (mine === 1) { const before = await ask('panel.pointed', { tab: shownTab }); if (before.ok && before.value) { const at = before.value; setPointed({ at, byKey: true, turn: 1 }); } }
    };
    addEventListener('pagehide', () => { if (shownTab !== null) void ask('panel.hold', { tab: shownTab, part: null, places: [] }); }, { signal: life.signal });
    listen({ 'hint.changed': ({ tab: changed, cleared }) => { if (changed === shownTab || shownTab === null) { if (cleared) setView({ kind: 'reading' }); void look(); } return null; },
      'hint.pointed': ({ tab: about, pointed: at, byKey }) => { if (about === shownTab) { setPointed((before) => ({ at, byKey, turn: (before?.turn ?? 0) + 1 })); if (byKey) void ask('panel.pointed', { tab: about }); } return null; },
      'hint.chosen': ({ tab: about }) => { if (about === shownTab) { window.focus(); void takeChosen(about); } return null; },
      'hint.labels': ({ tab: about, what }) => { if (about === shownTab) { if (what === 'begin') window.focus(); setLabelTurn((before) => ({ what, turn: (before?.turn ?? 0) + 1 })); } return null; } }, life.signal);
    const another = (): void => { setView({ kind: 'reading' }); void look(); };
    browser.tabs.onActivated.addListener(another);
    life.signal.addEventListener('abort', () => browser.tabs.onActivated.removeListener(another));
    lookAgain.current = look;
    void look();
    return () => life.abort();
  }, []);

  const change = async (part: Partial<Settings>): Promise<void> => {
    const answer = await ask('panel.change-settings', part);
    if (answer.ok && 'settings' in answer.value) setSettings(answer.value);
  };

  const board = __CONNECTED__ && view.kind === 'record' && view.board ? present(view.board, view.key) : null;
  const record = view.kind === 'record' ? present(view.record, view.key) : null;
  if (teaching && tab !== null && site !== null) {
    return (
      <Teaching tab={tab} site={site} words={createWords(settings.settings.locale)} view={view} record={record} known={settings.settings.adapters}
        onSave={async (adapter) => {
          const answer = await ask('panel.change-settings', { adapters: [...settings.settings.adapters.filter((one) => one.id !== adapter.id), adapter] });
          if (!answer.ok || !('settings' in answer.value)) return false;
          setSettings(answer.value);
          return true;
        }}
        onExport={(adapter) => saveLooked(adapter, JSON.stringify(adapter, null, 2), `${adapter.id}.v${adapter.version}.json`)}
        onClose={() => setTeaching(false)} />
    );
  }
  return (
    <Panel
      view={view}
      opened={record}
      {...(__CONNECTED__ && board && record ? { belowCodes: (below) => (
        <BoardCoder {...below} view={board} record={record} words={createWords(settings.settings.locale)} timeOf={(moment) => new Intl.DateTimeFormat(settings.settings.locale, { timeStyle: 'medium' }).format(moment)}
          onAgree={() => { const origin = settings.settings.boardCoder?.origin; if (origin) void change({ boardCoderSeen: origin }); }} />
      ) } : {})}
      settings={settings}
      specialties={specialties}
      run={async (command) => {
        if (tab === null) return { kind: 'refused', reason: 'context-changed' };
        const first = await ask('panel.run', { tab, command });
        // Once more under the same id: a worker that died with the answer has kept the decision or has not, and one row is all there can be.
        const answer = first.ok || !('id' in command) ? first : await ask('panel.run', { tab, command });
        if (answer.ok && (answer.value.kind === 'acknowledged' || answer.value.kind === 'done')) steps.decided(command.kind);
        // A row is no longer called pending once the view that holds the decision is here.
        if (answer.ok && answer.value.kind === 'acknowledged') await lookAgain.current();
        return answer.ok ? answer.value : { kind: 'not-saved', reason: 'no-answer' };
      }}
      newId={() => crypto.randomUUID() as EventId}
      onLocale={(locale) => { steps.did('language'); void change({ locale }); }}
      onReadAgain={() => { if (tab !== null) void ask('panel.read-again', { tab, anyPage: false }); }}
      onReadAnyPage={() => { if (tab !== null) void ask('panel.read-again', { tab, anyPage: true }); }}
      onTeach={() => { setChosen(null); setTeaching(true); }}
      onOpenLetters={() => { if (tab !== null) void browser.tabs.create({ url: `${browser.runtime.getURL('viewer.html')}?tab=${tab}` }); }}
      onAllowSite={() => {
        // Asked inside the person's click. Where the browser does not tell the address, the options page asks for it.
        if (site === null) { void browser.runtime.openOptionsPage(); return; }
        void browser.permissions.request({ origins: [`${site}/*`] }).then(async (granted) => {
          if (!granted) return;
          await change({ sites: [...new Set([...settings.settings.sites, site])] });
          await ask('panel.sites-changed', null);
        });
      }}
      onToggleMarks={() => void change({ marks: !settings.settings.marks })}
      onPage={() => { if (tab !== null) void browser.tabs.update(tab, { active: true }); }}
      onCopy={async (wording) => { try { await navigator.clipboard.writeText(wording); return true; } catch { return false; } }}
      onSaveDecision={(command) => saveLooked(command, JSON.stringify(command), 'nodi-decision.json')}
      guess={{
        find: async (key, sought) => { const answer = tab === null ? null : await ask('panel.find-words', { tab, key, words: sought.slice(0, 300) }); return answer?.ok ? answer.value : null; },
        compare: async (key, guess, sure) => {
          const answer = tab === null ? null : await ask('panel.guess', { tab, key, guess });
          const result = answer?.ok ? answer.value : null;
          const opened = result && present(result, key);
          return result && opened ? { result, kept: await keepGuess(opened, sure) } : null;
        },
        show: async (key) => { const answer = tab === null ? null : await ask('panel.show-record', { tab, key }); return answer?.ok ? answer.value : false; },
      }}
      onLearning={learningNow}
      onGuessFirst={(guessFirst) => void change({ guessFirst })}
      firstSteps={firstSteps}
      onFirstSteps={() => void browser.tabs.create({ url: `${browser.runtime.getURL('dashboard.html')}#start` })}
      onStepsAway={() => void steps.putAway().then(() => setFirstSteps(null))}
      onCommand={steps.command}
      onLearn={() => void browser.tabs.create({ url: `${browser.runtime.getURL('dashboard.html')}#learn` })}
      onProfile={(profile) => void change({ profile, profileAsked: true })}
      onKeys={(keys) => void change({ keys })}
      onRecordKeys={async () => { const answer = tab === null ? null : await ask('panel.record-keys', { tab }); return answer?.ok ? answer.value : []; }}
      pageKeyOpensPanel={!browser.runtime.getURL('').startsWith('moz-')}
      onSingleKeys={(singleKeys) => void change({ singleKeys })}
      pointed={pointed}
      onLabels={async (typed) => { const answer = tab === null ? null : await ask('panel.labels', { tab, typed }); return answer?.ok ? answer.value : []; }}
      chosen={chosen}
      labelTurn={labelTurn}
      onHold={(part: PanelPart, places) => { if (tab !== null) void ask('panel.hold', { tab, part, places }); }}
      onSearch={async (text) => { const answer = await ask('panel.search-codes', { tab, text: text.slice(0, 300) }); return answer.ok ? answer.value : null; }}
      onQueries={async () => { const answer = await ask('panel.queries', null); return answer.ok ? answer.value : []; }}
      onSelection={async () => { const answer = tab === null ? null : await ask('panel.selection', { tab }); return answer?.ok ? answer.value : null; }}
      outlet={{
        text: encoderText,
        save: (way, record) => {
          if (way === 'csv') { const table = codesCsv([record]); return saveLooked(table.split(/[\r\n,]+/), table, 'nodi-codes.csv', 'text/csv'); }
          const names = namedFor(settings.settings.opcs4Name);
          const bundle = fhirBundle(record, { made: Date.now(), version: browser.runtime.getManifest().version }, names);
          return bundle ? saveLooked(bundle, JSON.stringify(bundle, null, 2), 'nodi-codes.fhir.json', 'application/fhir+json') : null;
        },
        remember: (encoder) => void change({ encoder }),
      }}
      onOptions={() => void browser.runtime.openOptionsPage()}
      onDashboard={() => void browser.tabs.create({ url: browser.runtime.getURL('dashboard.html') })}
    />
  );
}

const app = document.getElementById('app');
if (app) render(<App />, app);
