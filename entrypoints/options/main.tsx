import { render } from 'preact';
import { dateOf } from '../../lib/model/month.js';
import { useEffect, useState } from 'preact/hooks';
import browser from 'webextension-polyfill';
import sources from '../../assets/codes/README.md?raw';
import { sampleEpisodes, shippedExceptions, starterSheet } from '../../assets/starter.js';
import { Options } from '../../components/options/options.jsx';
import { fail, succeed } from '../../lib/base/result.js';
import { checkAdapter } from '../../lib/capture/adapters/check-adapter.js';
import { chooseEdition } from '../../lib/codebook/index.js';
import { depthOf } from '../../lib/coding/index.js';
import { createLogStore, type DeviceLog } from '../../lib/log/index.js';
import { createLogFiles, createSettings } from '../../lib/settings/index.js';
import { ask } from '../../lib/messaging/channel.js';
import { codeSystems } from '../../lib/model/code.js';
import type { CodeListsHere } from '../../lib/model/codebook.js';
import type { LogCare, LogHealth, SettingsStore } from '../../lib/model/ports.js';
import { defaultSettings, type EffectiveSettings, type Settings } from '../../lib/model/settings.js';
import { cardOf } from '../../lib/review/index.js';
import { createRulebook } from '../../lib/rulebook/index.js';
import { createCodeImports } from './code-imports.js';

const made = createRulebook(starterSheet);
const noisy = made.ok ? made.value.rules.filter((rule) => rule.noisy).map(cardOf) : [];

/** Read here for its file: a message holds no log of a quarter. */
const openLog = (): DeviceLog => createLogStore({ name: 'nodi-log', sentinel: createSettings(browser.storage, checkAdapter).sentinel, files: createLogFiles(() => navigator.storage.getDirectory(), globalThis.caches, 'nodi-log'), exclusive: (write) => navigator.locks.request('nodi-log', write), clock: { wall: () => Date.now(), offset: () => 0 - new Date().getTimezoneOffset() } });

const imports = createCodeImports();
/** Today on this computer, YYYY-MM-DD. */
const today = (): string => dateOf(Date.now(), 0 - new Date().getTimezoneOffset());

function App(): preact.JSX.Element {
  const [settings, setSettings] = useState<EffectiveSettings>({ settings: defaultSettings, managed: [], policyProblems: [] });
  useEffect(() => { void ask('panel.settings', null).then((answer) => { if (answer.ok) setSettings(answer.value); }); }, []);
  const [log, setLog] = useState<LogHealth | null>(null);
  const [care, setCare] = useState<LogCare | null>(null);
  useEffect(() => {
    void ask('panel.log', null).then((answer) => { if (answer.ok) setLog(answer.value); });
    void ask('panel.log-care', null).then((answer) => { if (answer.ok) setCare(answer.value); });
  }, []);
  const [lists, setLists] = useState<CodeListsHere | null>(null);
  useEffect(() => { void ask('panel.code-lists', null).then((answer) => { if (answer.ok) setLists(answer.value); }); }, []);
  /** What is kept is kept already: the background opens it anew and says what is there. */
  const tell = async (): Promise<void> => { const answer = await ask('panel.codes-changed', null); if (answer.ok) setLists(answer.value); };
  const change = async (part: Partial<Settings>): ReturnType<SettingsStore['change']> => {
    const answer = await ask('panel.change-settings', part);
    if (!answer.ok || !('settings' in answer.value)) return fail({ kind: 'not-saved' as const });
    setSettings(answer.value);
    return succeed(answer.value);
  };
  return (
    <Options
      settings={settings}
      noisy={noisy}
      change={change}
      pageKeyOpensPanel={!browser.runtime.getURL('').startsWith('moz-')}
      log={{
        health: log, care,
        onRestore: async () => {
          const answer = await ask('panel.restore-log', null);
          if (!answer.ok || answer.value.restored === null) throw new Error('The log was not restored');
          setLog(answer.value.health);
          return answer.value.restored;
        },
        onAcceptLoss: async () => {
          const answer = await ask('panel.accept-loss', null);
          if (!answer.ok) throw new Error('No answer');
          setLog(answer.value);
        },
        onExport: async () => {
          const text = await openLog().exported();
          if (!text.ok) throw new Error('The log was not read');
          return text.value;
        },
        onImport: async (text) => {
          const answer = await ask('panel.import-log', { text });
          if (!answer.ok) throw new Error('No answer');
          if ('restored' in answer.value) { setLog(answer.value.health); return answer.value.restored; }
          if (answer.value.failure === null) throw new Error('The log was not kept');
          return { failure: answer.value.failure };
        },
      }}
      sources={sources}
      exceptions={{ shipped: shippedExceptions, samples: sampleEpisodes, onTry: (list, { facts, discharged }) => depthOf(list.criteria, facts, 'primary', discharged) }}
      codeLists={{
        lists, today: today(),
        inForce: codeSystems.flatMap((system) => { const chosen = chooseEdition(lists?.editions ?? [], system, today()); return chosen.ok ? [chosen.value] : []; }),
        onInspect: (files) => imports.inspect(files, today()),
        onImport: async (drafts, how) => { const kept = await imports.keep(drafts, how); if (kept.ok) await tell(); return kept; },
        onRemove: async (name) => { const gone = await imports.remove(name); if (gone) await tell(); return gone; },
        onRestore: async (name) => { const back = await imports.restore(name); if (back) await tell(); return back; },
      }}
      onAllowSite={async (origin) => {
        // Asked first, in the person's own click: a promise before it would spend the click.
        const granted = await browser.permissions.request({ origins: [`${origin}/*`] });
        if (granted) { await change({ sites: [...new Set([...settings.settings.sites, origin])] }); await ask('panel.sites-changed', null); }
        return granted;
      }}
      onRemoveSite={async (origin) => {
        await browser.permissions.remove({ origins: [`${origin}/*`] });
        await change({ sites: settings.settings.sites.filter((site) => site !== origin) });
        await ask('panel.sites-changed', null);
      }}
      onImportAdapter={async (text) => {
        let parsed: unknown;
        try { parsed = JSON.parse(text); } catch (problem) { return fail({ kind: 'not-json', reason: problem instanceof Error ? problem.message : '' }); }
        const checked = checkAdapter(parsed);
        if (!checked.ok) return fail({ kind: 'not-an-adapter', reason: checked.failure.faults.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ') });
        // A description with an id that is there already takes its place.
        const changed = await change({ adapters: [...settings.settings.adapters.filter((one) => one.id !== checked.value.id), checked.value] });
        return changed.ok ? checked : fail({ kind: 'not-saved', reason: changed.failure.kind });
      }}
    />
  );
}

const app = document.getElementById('app');
if (app) render(<App />, app);
