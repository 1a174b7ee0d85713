import { plainCodingOf } from '../../lib/audit/index.js';
import { shippedAuditTable } from '../../assets/audit-table.js';
import { unreachable } from '../../lib/base/result.js';
import { isSameContext } from '../../lib/model/context.js';
import type { CommandOutcome, EventBody, FindingTarget, QueryAbout, RecordedCommand } from '../../lib/model/decision.js';
import { sideConflictRule, type Finding } from '../../lib/model/diagnostic.js';
import { categoryOfMark, type FaultDetails } from '../../lib/model/fault.js';
import { partsOfCodeName, type CodeName } from '../../lib/model/learning.js';
import { queryMoves, templateOf, type QueryLanguage } from '../../lib/model/query.js';
import { foldQueries } from '../../lib/reports/index.js';
import { mergeSubjects } from '../../lib/review/index.js';
import { auditBody } from './audit-bodies.js';
import { codingBody } from './coding-bodies.js';
import { areAllowed, faultBody } from './fault-bodies.js';
import type { TabAudit } from './tab-audit.js';
import type { TabCodes } from './tab-codes.js';
import type { TabEpisode } from './tab-episode.js';
import type { TabPatient } from './tab-patient.js';
import type { TabRecords } from './tab-records.js';
import type { TabSequence } from './tab-sequence.js';
import type { World } from './world.js';

type Refused = Extract<CommandOutcome, { readonly kind: 'refused' }>;

/** What the log keeps of a command: made of what is on screen now, or refused with the reason. */
export function createEventBodies(tabs: TabRecords, { snapshotsOf, ownFrames }: TabPatient, { specialtyOf, episodeOf, placeOf, detailsOf }: TabEpisode, { auditOf, samplesOf }: TabAudit, { conflictsOf, proposalsNow }: TabCodes, { codingMoment }: TabSequence): (it: World, tab: number, command: RecordedCommand) => EventBody | Refused {
  const bodyOf = (it: World, tab: number, command: RecordedCommand): EventBody | Refused => {
    switch (command.kind) {
      case 'mute-rule': return it.rules.has(command.rule) ? { kind: 'rule-muted', rule: command.rule, until: Date.now() + command.days * 86_400_000 } : { kind: 'refused', reason: 'not-found' };
      case 'undo': return { kind: 'undone', undoes: command.undoes };
      case 'log-unreadable': {
        const snapshot = snapshotsOf(tab).find((one) => isSameContext(one.key, command.key));
        const episode = snapshot && episodeOf(it, snapshot);
        if (!snapshot || !episode) return { kind: 'refused', reason: 'patient-unknown' };
        return { kind: 'unreadable-logged', gap: command.gap, count: command.count, specialty: specialtyOf(it, tab), episode, category: 'unreadable-document', ...detailsOf(it, tab, null), adapter: snapshot.adapter.id, adapterVersion: snapshot.adapter.version };
      }
      case 'draft-query': return queryBody(it, tab, command.about, command.language);
      case 'move-query': {
        const query = foldQueries(it.events, Date.now()).find(({ id }) => id === command.query);
        if (!query) return { kind: 'refused', reason: 'not-found' };
        if (!queryMoves[query.state].includes(command.state)) return { kind: 'refused', reason: 'not-allowed' };
        return { kind: 'query-moved', query: query.id, state: command.state, outcome: command.outcome, due: command.due ?? 0 };
      }
      case 'log-fault': {
        const snapshot = ownFrames(tab).find((one) => isSameContext(one.key, command.key));
        if (!snapshot) return { kind: 'refused', reason: 'patient-unknown' };
        return faultBody(command, { boardKey: it.boardKey, settings: it.effective.settings, snapshot, specialty: specialtyOf(it, tab), episodeOf: (document) => episodeOf(it, snapshot, document) });
      }
      case 'log-finding': return findingBody(it, tab, 'finding-logged', command.target, command.details);
      case 'dismiss-finding': return findingBody(it, tab, 'finding-dismissed', command.target);
      case 'forget-phrase': { const { system, code } = partsOfCodeName(command.name); return { kind: 'phrase-forgotten', phrase: command.phrase, system, code }; }
      case 'judge-phrase': {
        const { phrase, name, verdict } = command;
        if (!it.learned.isSenior()) return { kind: 'refused', reason: 'not-allowed' };
        // Nothing goes in that Nodi did not propose or that nobody approved before.
        const isThis = (one: { readonly phrase: string; readonly name: CodeName }): boolean => one.phrase === phrase && one.name === name;
        const asked = proposalsNow(it);
        const isAsked = asked !== null && (it.learned.approved().some(isThis) || asked.proposed.some(isThis));
        return isAsked ? { kind: 'phrase-judged', phrase, ...partsOfCodeName(name), verdict } : { kind: 'refused', reason: 'not-found' };
      }
      case 'draw-episode': case 'code-audit': case 'judge-audit': case 'log-audit-fault': {
        const { auditPersons, auditTable } = it.effective.settings;
        return auditBody(command, { samples: samplesOf(it), boardKey: it.boardKey, persons: auditPersons, reasons: (auditTable ?? shippedAuditTable).reasons });
      }
      case 'take-audit': {
        const { id, key, sample, view } = command;
        const snapshot = ownFrames(tab).find((one) => isSameContext(one.key, key));
        const [episode, moment] = [snapshot && episodeOf(it, snapshot), codingMoment(it, tab, key)];
        if (!episode || !moment) return { kind: 'refused', reason: 'patient-unknown' };
        const audit = auditOf(it, episode);
        if (audit?.sample !== sample || audit.view !== view) return { kind: 'refused', reason: 'not-allowed' };
        const coding = plainCodingOf(moment.coded);
        if (coding.diagnoses.length + coding.procedures.length === 0) return { kind: 'refused', reason: 'not-found' };
        return auditBody({ kind: 'code-audit', id, sample, episode, view, coding }, { samples: samplesOf(it), boardKey: it.boardKey, persons: false, reasons: [] });
      }
      case 'accept-codes': case 'reject-codes': case 'remove-codes': case 'move-codes': case 'choose-depth': case 'finish-episode': {
        const moment = codingMoment(it, tab, command.key);
        return moment ? codingBody(command, moment) : { kind: 'refused', reason: 'patient-unknown' };
      }
      default: return unreachable(command);
    }
  };

  const queryBody = (it: World, tab: number, about: QueryAbout, language: QueryLanguage): EventBody | Refused => {
    switch (about.by) {
      case 'finding': {
        const found = findingBody(it, tab, 'finding-logged', about.target);
        if (found.kind !== 'finding-logged') return found;
        const category = categoryOfMark(found.verdict, it.rules.get(found.rule)?.kind ?? null);
        return { kind: 'query-drafted', episode: found.episode, specialty: found.specialty, category, rule: found.rule, template: templateOf(category, false), language, findings: 1 };
      }
      case 'episode': {
        const snapshot = ownFrames(tab).find((one) => isSameContext(one.key, about.key));
        const episode = snapshot && episodeOf(it, snapshot);
        if (!episode) return { kind: 'refused', reason: 'patient-unknown' };
        return { kind: 'query-drafted', episode, specialty: specialtyOf(it, tab), category: about.category, rule: '', template: templateOf(about.category, false), language, findings: 1 };
      }
      case 'specialty': return { kind: 'query-drafted', episode: '', specialty: about.specialty, category: about.category, rule: about.rule ?? '', template: templateOf(about.category, true), language, findings: about.findings };
      default: return unreachable(about);
    }
  };

  const findingBody = (it: World, tab: number, kind: 'finding-logged' | 'finding-dismissed', target: FindingTarget, chosen?: FaultDetails): EventBody | Refused => {
    const read = tabs.find(tab, target.key.frame, target.document);
    if (!read || !isSameContext(read.snapshot.key, target.key)) return { kind: 'refused', reason: 'context-changed' };
    const document = read.snapshot.documents.find((one) => one.id === target.document && one.version === target.version);
    const all: readonly Finding[] = target.rule === sideConflictRule ? conflictsOf(it, tab) : read.record.diagnostics;
    const diagnostic = all.find((one) => one.document === target.document && one.version === target.version && one.rule === target.rule && one.span.start === target.span.start && one.span.end === target.span.end);
    if (!document || !diagnostic) return { kind: 'refused', reason: 'not-found' };
    const episode = episodeOf(it, read.snapshot, document);
    if (!episode || mergeSubjects(snapshotsOf(tab)).kind !== 'known') return { kind: 'refused', reason: 'patient-unknown' };
    const details: FaultDetails = chosen ?? { category: categoryOfMark(diagnostic.severity, diagnostic.kind), ...detailsOf(it, tab, document) };
    if (chosen && !areAllowed(chosen, it.effective.settings, 'mark')) return { kind: 'refused', reason: 'not-allowed' };
    const found = {
      rule: diagnostic.rule, verdict: diagnostic.severity, specialty: specialtyOf(it, tab), documentKind: document.kind, documentLanguage: document.language,
      episode, place: placeOf(it, episode, document, diagnostic, read.record.diagnostics), adapter: read.snapshot.adapter.id, adapterVersion: read.snapshot.adapter.version,
    };
    return kind === 'finding-logged' ? { kind, ...found, ...details } : { kind, ...found };
  };

  return bodyOf;
}
