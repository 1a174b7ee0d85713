import { writtenLines } from '../../lib/audit/index.js';
import { documentKey } from '../../lib/log/index.js';
import type { AuditReason, AuditSample } from '../../lib/model/audit.js';
import type { CommandOutcome, EventBody, RecordedCommand } from '../../lib/model/decision.js';

/** A command of an audit. It speaks of no record on screen: episodes are named by their keyed hashes. */
export type AuditCommand = Extract<RecordedCommand, { readonly kind: 'draw-episode' | 'code-audit' | 'judge-audit' | 'log-audit-fault' }>;

export interface AuditMoment {
  readonly samples: readonly AuditSample[];
  readonly boardKey: Uint8Array;
  /** Does policy let persons be audited? A coder's pseudonym is kept only then. */
  readonly persons: boolean;
  readonly reasons: readonly AuditReason[];
}

type Refused = Extract<CommandOutcome, { readonly kind: 'refused' }>;
const refused = (reason: Refused['reason']): Refused => ({ kind: 'refused', reason });

/** The row that an auditor's word asks for, or why there is none. Nothing is judged before the auditor of that view has coded, and no second view is given before the first. */
export function auditBody(command: AuditCommand, { samples, boardKey, persons, reasons }: AuditMoment): EventBody | Refused {
  if (command.kind === 'draw-episode') {
    const { sample, method, seed, population, size, drawn } = command;
    const { episode, specialty, coder, coded, stay, depth, lane, edition, row, diagnoses, procedures } = drawn;
    return { kind: 'audit-drawn', sample, method, seed, population, size, episode, specialty, coder: persons ? coder : '', coded, stay: stay ?? -1, depth, lane, codedBy: edition, row, diagnoses: diagnoses.join(' '), procedures: procedures.join(' ') };
  }
  const held = samples.find(({ id }) => id === command.sample)?.episodes.find(({ episode }) => episode === command.episode);
  if (!held) return refused('not-found');
  const { sample, episode } = command;
  switch (command.kind) {
    case 'code-audit':
      // Who has seen the answer cannot code blind any more.
      if (held.views[command.view].at !== 'to-code' || (command.view === 2 && held.state !== 'second-view')) return refused('not-allowed');
      return { kind: 'audit-coded', sample, episode, view: command.view, diagnoses: command.coding.diagnoses.join(' '), procedures: command.coding.procedures.join(' ') };
    case 'judge-audit':
      if (held.views[command.view].at !== 'coded') return refused('not-allowed');
      return { kind: 'audit-judged', sample, episode, view: command.view, lines: writtenLines(command.lines), state: command.state };
    case 'log-audit-fault': {
      const { category, cause, first, audited, reason } = command.line;
      if (cause !== 'documentation' || held.lines === null) return refused('not-allowed');
      const place = documentKey(boardKey, { episode, documentKind: 'other', documentDate: null, title: `audit ${category} ${first ?? '-'} ${audited ?? '-'}`, occurrence: 0 });
      return {
        kind: 'fault-logged', category: reasons.find(({ id }) => id === reason)?.fault ?? 'other', authorRole: 'unknown', site: 'unknown', team: 'unknown', minutes: 0,
        specialty: held.specialty, documentKind: 'other', documentLanguage: 'unknown', episode, place, adapter: 'audit', adapterVersion: 0,
      };
    }
  }
}
