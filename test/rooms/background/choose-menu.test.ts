/** The entry for selected words in the page's own menu, against a menu that behaves as the browsers' do. */
import { describe, expect, it } from 'vitest';
import { createChooseMenu, type Menus } from '../../../entrypoints/background/choose-menu.js';
import { createWords } from '../../../components/words.js';

type Item = Parameters<Menus['create']>[0];

/** A menu that refuses what is there already, and takes its time to be emptied. */
function browserMenu() {
  const items: Item[] = [];
  const menus: Menus = {
    removeAll: async () => { await Promise.resolve(); items.length = 0; },
    create: (item) => { if (items.some(({ id }) => id === item.id)) throw new Error(`Cannot create item with duplicate id ${item.id}`); items.push(item); },
  };
  return { items, menus };
}
const titles = (['en-GB', 'cy'] as const).map((locale) => createWords(locale).say('menu.choose'));
const [english = '', welsh = ''] = titles;

describe('the entry for selected words', () => {
  it('is there once, however often and fast it is made, in the language chosen last', async () => {
    const { items, menus } = browserMenu();
    const menu = createChooseMenu(menus, () => Promise.resolve(['https://porth.example/*']));
    await Promise.all([menu.offer(english), menu.offer(english), menu.offer(welsh)]);
    expect(items).toEqual([{ id: 'choose-code', title: 'Dewis cod ar gyfer y geiriau hyn', contexts: ['selection'], documentUrlPatterns: ['https://porth.example/*'] }]);
  });

  it('stands on the addresses that Nodi may read and no others, and nowhere while it may read none', async () => {
    const { items, menus } = browserMenu();
    let allowed: readonly string[] = [];
    const menu = createChooseMenu(menus, () => Promise.resolve(allowed));
    await menu.offer(english);
    expect(items).toEqual([]);
    allowed = ['https://porth.example/*', 'http://127.0.0.1/*'];
    await menu.offer(english);
    expect(items.map(({ documentUrlPatterns }) => documentUrlPatterns)).toEqual([allowed]);
    allowed = [];
    await menu.offer(english);
    expect(items).toEqual([]);
  });

  it('never shows the words that are selected: the browser would put them in for %s', () => {
    console.info(`titles: tried ${titles.length}, bad ${titles.filter((title) => title.includes('%')).length}`);
    for (const title of titles) expect(title).not.toContain('%');
  });

  it('is made again after a time when the browser failed', async () => {
    const { items, menus } = browserMenu();
    let fails = true;
    const menu = createChooseMenu({ ...menus, removeAll: () => (fails ? Promise.reject(new Error('closing')) : menus.removeAll()) }, () => Promise.resolve(['https://porth.example/*']));
    await expect(menu.offer(english)).rejects.toThrow('closing');
    fails = false;
    await menu.offer(english);
    expect(items.length).toBe(1);
  });
});
