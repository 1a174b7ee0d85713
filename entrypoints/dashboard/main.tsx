import { QueryClient, QueryObserver } from '@tanstack/query-core';
import { render } from 'preact';
import browser from 'webextension-polyfill';
import { starterSheet } from '../../assets/starter.js';
import { QualityPage } from '../../components/dashboard/quality-page.jsx';
import { createWords } from '../../components/words.js';
import { createLogStore } from '../../lib/log/index.js';
import { ask, listen } from '../../lib/messaging/channel.js';
import type { Locale } from '../../lib/model/language.js';
import { findingsBySpecialty, findingsByTerm } from '../../lib/reports/index.js';
import { createRulebook } from '../../lib/rulebook/index.js';
import { checkAdapter } from '../../lib/capture/adapters/check-adapter.js';
import { createSettings } from '../../lib/settings/index.js';

const settings = createSettings(browser.storage, checkAdapter);
const clock = { wall: () => Date.now(), offset: () => -new Date().getTimezoneOffset() };
const store = createLogStore({ name: 'nodi-log', sentinel: settings.sentinel, clock });
const made = createRulebook(starterSheet);
const rulebook = made.ok ? made.value : { rules: [], specialties: [] };
const client = new QueryClient();
const log = new QueryObserver(client, {
  queryKey: ['log'],
  queryFn: async () => {
    const [health, events, effective] = await Promise.all([store.check(), store.read(), settings.store.read()]);
    return { health, events: events.ok ? events.value : [], locale: effective.settings.locale };
  },
});
const app = document.getElementById('app');

function draw(locale: Locale, answer: { readonly health: Awaited<ReturnType<typeof store.check>>; readonly events: Parameters<typeof findingsBySpecialty.project>[0] }): void {
  const words = createWords(locale);
  document.documentElement.lang = locale;
  document.title = words.say('dashboard.document');
  if (app) render(<QualityPage bySpecialty={findingsBySpecialty.project(answer.events, clock.wall())} byTerm={findingsByTerm.project(answer.events, clock.wall())} specialties={rulebook.specialties} rules={rulebook.rules} health={answer.health} words={words}
    onLocale={(next) => void ask('panel.change-settings', { locale: next }).then(() => client.invalidateQueries({ queryKey: ['log'] }))} />, app);
}

log.subscribe((result) => { if (result.data) draw(result.data.locale, result.data); });
listen({ 'hint.changed': () => { void client.invalidateQueries({ queryKey: ['log'] }); return null; } }, new AbortController().signal);
