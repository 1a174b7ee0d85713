import { learnDecision, learnFromDecisions } from '../../lib/learning/index.js';
import type { LogEvent } from '../../lib/model/decision.js';
import { median, type Figure } from './figures.js';

/** One more episode learned from, when ten thousand were before it. */
export function benchDecisions(): readonly Figure[] {
  const event = (sequence: number): LogEvent => ({
    kind: 'codes-accepted', id: `00000000-0000-4000-8000-${String(sequence).padStart(12, '0')}`, sequence, episode: String(sequence).padStart(64, '0'), specialty: 'neurology', system: 'ICD-10', codes: 'G35X', list: 'icd-10-5th-edition',
    origin: 'suggestion', depth: 'full', phrase: `word${sequence % 500} syndrome`, flag: 'plain', standing: 'shown', replaces: '', wall: 0, offset: 0, edition: '', schema: 1, previous: '', hash: '',
  } as unknown as LogEvent);
  const memory = learnFromDecisions(Array.from({ length: 10_000 }, (_, at) => event(at + 1)));
  const times = Array.from({ length: 200 }, (_, at) => { const start = performance.now(); learnDecision(memory, event(10_001 + at)); return performance.now() - start; });
  return [{ name: 'one more episode learned from a coder’s decision, after 10,000', value: median(times), unit: 'ms', goal: { atMost: 5 } }];
}
