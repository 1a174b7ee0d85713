import type { JSX } from 'preact';
import type { Words } from '../words.js';

export const dashboardPages = ['quality', 'packs', 'completeness', 'queries', 'audit', 'data', 'sheet', 'bookmark', 'model', 'train', 'learn', 'start'] as const;
/** Pages of the dashboard, as its address names them behind the `#`. */
export type DashboardPage = (typeof dashboardPages)[number];

/** The way from page to page, of the pages that the profile has. */
export function DashboardNav({ here, pages, words }: { readonly here: DashboardPage; readonly pages: readonly DashboardPage[]; readonly words: Words }): JSX.Element {
  return <nav class="dash-nav" aria-label={words.say('dashboard.nav')}>{pages.map((page) => <a key={page} href={`#${page}`} {...(page === here ? { 'aria-current': 'page' as const } : {})}>{words.say(`dashboard.nav.${page}`)}</a>)}</nav>;
}
