import { describe, expect, it } from 'vitest';
import { shippedCurriculum } from '../../../assets/curriculum.js';
import { ruleOfLine, taughtNeeds } from '../../../lib/audit/index.js';
import { auditCategories, differenceKinds, type AuditLine } from '../../../lib/model/audit.js';
import type { ClinicalCode } from '../../../lib/model/code.js';
import type { EpisodeKey } from '../../../lib/model/event-id.js';
import { readCurriculum } from '../../../lib/training/index.js';

const read = readCurriculum(shippedCurriculum.rules, shippedCurriculum.cases);
if (!read.ok) throw new Error('faulty');
const taught = new Set<string>(read.value.rules.map(({ id }) => id));
const line = (category: AuditLine['category'], kind: AuditLine['kind'], first: string | null, audited: string | null, cause: AuditLine['cause'] = 'coder'): AuditLine => ({ category, kind, first: first as ClinicalCode | null, audited: audited as ClinicalCode | null, cause, reason: '' });
const episode = (at: number, lines: readonly AuditLine[], coder = 'coder-a', specialty = 'neurology') => ({ episode: at.toString(16).padStart(64, '0') as EpisodeKey, specialty: specialty as never, coder, lines });

describe('the rule that a difference is learned by', () => {
  it('is one that has a card, whatever the difference, or none', () => {
    let [tried, named] = [0, 0];
    for (const category of auditCategories) for (const kind of differenceKinds) for (const code of ['G409', 'H269', 'H264', 'E119', 'I10X', 'Z921', 'Y604', 'Y452', 'W190', 'T812', 'C751', 'Z942', 'Z846', 'X281', 'X292', 'A559', 'Y80X', 'Q999']) {
      tried += 1;
      const rule = ruleOfLine(line(category, kind, null, code));
      if (rule === null) continue;
      named += 1;
      expect(taught.has(rule), `${category} ${kind} ${code}: ${rule}`).toBe(true);
    }
    console.info(`differences tried ${tried}, with a rule ${named}, without a card of it 0`);
    expect([tried, named > tried / 2]).toEqual([576, true]);
  });

  it('is that of its place, of its code, and then of its kind', () => {
    const cases: readonly (readonly [AuditLine, string | null])[] = [
      [line('primary-diagnosis', 'sequence', 'I10X', 'H269'), 'main-condition'], [line('secondary-procedure', 'sequence', 'C712', 'C712'), 'paired-order'],
      [line('primary-diagnosis', 'third', 'H259', 'H269'), 'cataract-type'], [line('primary-diagnosis', 'fourth', 'H269', 'H264'), 'after-cataract'], [line('secondary-diagnosis', 'fourth', 'E113', 'E119'), 'diabetes-link'],
      [line('secondary-diagnosis', 'omitted', null, 'Z921'), 'anticoagulant'], [line('secondary-diagnosis', 'omitted', null, 'J449'), 'comorbidity'], [line('secondary-diagnosis', 'external-cause', null, 'Y600'), 'complication-cause'], [line('secondary-diagnosis', 'external-cause', null, 'Y452'), 'drug-effect'],
      [line('secondary-procedure', 'side', 'Z943', 'Z942'), 'laterality'], [line('secondary-procedure', 'site', null, 'Z846'), 'site-code'], [line('primary-procedure', 'not-relevant', 'A558', null), 'lumbar-puncture'], [line('primary-procedure', 'omitted', null, 'J182'), 'procedure-done'],
      // No card teaches these: nothing is made up.
      [line('secondary-diagnosis', 'external-cause', null, 'W190'), null], [line('primary-procedure', 'fourth', 'J181', 'J182'), null], [line('primary-diagnosis', 'right', 'G409', 'G409'), null],
    ];
    for (const [one, rule] of cases) expect([one.category, one.kind, one.audited, ruleOfLine(one)]).toEqual([one.category, one.kind, one.audited, rule]);
  });
});

describe('what an audit asks to be taught', () => {
  const wrong = (category: AuditLine['category'] = 'primary-diagnosis'): AuditLine => line(category, 'fourth', 'G403', 'G409');
  it('is what the coder’s own errors ask for in two episodes or more, with categories and specialties and nothing else', () => {
    const made = taughtNeeds([
      episode(1, [wrong(), line('secondary-diagnosis', 'omitted', null, 'J449')]), episode(2, [wrong('secondary-diagnosis')], 'coder-b', 'rheumatology'),
      episode(3, [line('secondary-diagnosis', 'omitted', null, 'Z921', 'documentation')]), episode(4, [line('secondary-diagnosis', 'omitted', null, 'Z921', 'system')]),
      episode(5, [line('secondary-procedure', 'side', 'Z943', 'Z942'), line('secondary-procedure', 'side', 'Z942', 'Z943')]), episode(6, []),
    ]);
    expect(made).toEqual([{ rule: 'seizure-not-epilepsy', specialties: ['neurology', 'rheumatology'], categories: ['ICD-10 G40'] }]);
    expect(JSON.stringify(made)).not.toMatch(/coder|[0-9a-f]{16}|G40[0-9]/);
  });

  it('is of one pseudonym alone where that is asked', () => {
    const all = [episode(1, [wrong()], 'coder-a'), episode(2, [wrong()], 'coder-a'), episode(3, [wrong()], 'coder-b')];
    expect(taughtNeeds(all, 'coder-a').map(({ rule }) => rule)).toEqual(['seizure-not-epilepsy']);
    expect(taughtNeeds(all, 'coder-b')).toEqual([]);
  });
});
