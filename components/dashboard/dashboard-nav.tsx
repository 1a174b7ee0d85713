import type { JSX } from 'preact';
import type { Words } from '../words.js';

export const dashboardPages = ['quality', 'packs', 'queries', 'model', 'train'] as const;
/** Pages of the dashboard, as its address names them behind the `#`. */
export type DashboardPage = (typeof dashboardPages)[number];

/** The way from page to page. */
export function DashboardNav({ here, words }: { readonly here: DashboardPage; readonly words: Words }): JSX.Element {
  return <nav class="dash-nav" aria-label={words.say('dashboard.nav')}>{dashboardPages.map((page) => <a key={page} href={`#${page}`} {...(page === here ? { 'aria-current': 'page' as const } : {})}>{words.say(`dashboard.nav.${page}`)}</a>)}</nav>;
}
