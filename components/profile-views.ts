import type { Profile } from '../lib/model/profile.js';
import { panelParts, type PanelPart } from '../lib/model/review.js';
import { dashboardPages, type DashboardPage } from './dashboard/dashboard-nav.jsx';
import type { PanelCommandId } from './panel/commands.js';

/** What a profile sees. The first page and the first part are where it starts. */
export interface ProfileViews {
  readonly pages: readonly [DashboardPage, ...DashboardPage[]];
  readonly parts: readonly [PanelPart, ...PanelPart[]];
  /** Commands that neither a key nor the palette gives. */
  readonly without: readonly PanelCommandId[];
}

const coding: readonly PanelCommandId[] = ['code.accept', 'code.oneKey', 'code.edit', 'code.reject', 'code.undo', 'code.add', 'unit.up', 'unit.down', 'unit.remove', 'episode.finish', 'audit.take', 'codes.search', 'tab.next', 'tab.previous', 'outlet.open', 'outlet.copy', 'outlet.type', 'outlet.csv', 'outlet.fhir'];
const logging: readonly PanelCommandId[] = ['row.log', 'row.logDetails', 'row.dismiss', 'row.mute', 'row.query', 'row.fixes', 'record.fault', 'record.query', 'unreadable.log'];
const [firstPage, ...otherPages] = dashboardPages;
const [firstPart, ...otherParts] = panelParts.filter((part) => part !== 'learn');
const allPages: ProfileViews['pages'] = [firstPage, ...otherPages];
const allParts: ProfileViews['parts'] = [firstPart ?? 'problems', ...otherParts];

/** Which views and commands each profile has. A clinical lead is listed what may be seen, so that a page added later names no coder to them by oversight. */
export const profileViews: Readonly<Record<Profile, ProfileViews>> = {
  coder: { pages: allPages, parts: allParts, without: [] },
  // Who audits or learns reads each suggestion: none is accepted by the one key that a record earns.
  auditor: { pages: ['quality', 'audit', 'completeness', 'packs', 'queries', 'sheet', 'bookmark', 'model', 'start'], parts: allParts, without: ['code.oneKey', 'learn.page'] },
  'clinical-lead': { pages: ['quality', 'packs', 'bookmark', 'start'], parts: ['problems'], without: [...coding, ...logging, 'learn.open', 'learn.page'] },
  trainee: { pages: ['learn', 'quality', 'queries', 'bookmark', 'start'], parts: [...allParts, 'learn'], without: ['code.oneKey'] },
  manager: { pages: allPages, parts: ['problems'], without: coding },
};

/** The page that an address names, or the profile's first where it names none that the profile has. */
export const pageFor = (profile: Profile, name: string): DashboardPage => profileViews[profile].pages.find((page) => page === name) ?? profileViews[profile].pages[0];
