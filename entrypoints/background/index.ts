import { defineBackground } from 'wxt/utils/define-background';
import { createAnswers } from './answers.js';
import { chooseItem } from './choose-menu.js';
import { listen } from '../../lib/messaging/channel.js';
import { sendingAlarm } from './sending.js';
import { registerReaders, startInOpenTabs } from './sites.js';
import browser from 'webextension-polyfill';

export default defineBackground(() => {
  // Everything that may wake the worker is listened for synchronously, before anything is awaited.
  const answers = createAnswers();
  listen(answers.handlers, new AbortController().signal);
  browser.tabs.onRemoved.addListener((tab) => answers.forget(tab));
  browser.permissions.onAdded.addListener(() => { void registerReaders().then(startInOpenTabs); void answers.offerMenu(); });
  browser.permissions.onRemoved.addListener(() => { void registerReaders(); void answers.offerMenu(); });
  browser.runtime.onInstalled.addListener(() => { void registerReaders().then(startInOpenTabs); void answers.offerMenu(); });
  browser.runtime.onStartup.addListener(() => { void registerReaders(); void answers.offerMenu(); });
  browser.contextMenus.onClicked.addListener(({ menuItemId, frameId }, tab) => { if (menuItemId === chooseItem && tab?.id !== undefined) void answers.chooseFor(tab.id, frameId ?? 0); });
  browser.commands.onCommand.addListener((name, tab) => void answers.command(name, tab?.id ?? null));
  if (__CONNECTED__) browser.alarms.onAlarm.addListener(({ name }) => { if (name === sendingAlarm) void answers.goOnSending(); });
  browser.storage.onChanged.addListener((_, area) => { if (area === 'managed') void answers.hearOfPolicy(); });
  const { sidePanel } = (globalThis as unknown as { readonly chrome: unknown }).chrome as { readonly sidePanel?: { readonly setPanelBehavior: (behaviour: { readonly openPanelOnActionClick: boolean }) => Promise<void> } };
  if (sidePanel) void sidePanel.setPanelBehavior({ openPanelOnActionClick: true });
  else browser.action.onClicked.addListener(() => void browser.sidebarAction.toggle());
});
