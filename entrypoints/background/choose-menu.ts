/** What is needed of the browser's context menu. */
export interface Menus {
  readonly removeAll: () => Promise<void>;
  readonly create: (item: { readonly id: string; readonly title: string; readonly contexts: ['selection']; readonly documentUrlPatterns: string[] }) => void;
}

/** Names the entry of the menu. */
export const chooseItem = 'choose-code';

/**
 * Keeps one entry in the context menu of selected words, on the addresses that Nodi may read and nowhere else; none where it may read nothing.
 * Its title is the same whatever is selected: words of the record do not go into the browser's menu. Browsers keep the entry when the worker ends, so it is
 * made anew each time, and one making waits for the other: two at once would give it twice, which the browser refuses.
 */
export function createChooseMenu(menus: Menus, allowed: () => Promise<readonly string[]>): { readonly offer: (title: string) => Promise<void> } {
  let making = Promise.resolve();
  return {
    offer(title) {
      making = making.catch(() => undefined).then(async () => {
        const places = await allowed();
        await menus.removeAll();
        if (places.length > 0) menus.create({ id: chooseItem, title, contexts: ['selection'], documentUrlPatterns: [...places] });
      });
      return making;
    },
  };
}
