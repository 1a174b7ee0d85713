import { codeOf, recode, refuse, replace, type CodingRule, type Draft } from '../draft.js';

/** Causes that an asterisk code may belong to, and the dagger code that they become (ICD-10's pairs; our table). */
const causes: readonly { readonly asterisk: RegExp; readonly cause: RegExp; readonly dagger: (cause: string) => string }[] = [
  { asterisk: /^(?:G632|G590|G990)/, cause: /^E1[0-4]/, dagger: (cause) => `${cause.slice(0, 3)}4` },
  { asterisk: /^(?:H280|H360)/, cause: /^E1[0-4]/, dagger: (cause) => `${cause.slice(0, 3)}3` },
  { asterisk: /^N083/, cause: /^E1[0-4]/, dagger: (cause) => `${cause.slice(0, 3)}2` },
  { asterisk: /^I792/, cause: /^E1[0-4]/, dagger: (cause) => `${cause.slice(0, 3)}5` },
  { asterisk: /^M142/, cause: /^E1[0-4]/, dagger: (cause) => `${cause.slice(0, 3)}6` },
  { asterisk: /^M07[0-3]/, cause: /^L40/, dagger: () => 'L405' },
  { asterisk: /^M074/, cause: /^K50/, dagger: (cause) => cause }, { asterisk: /^M075/, cause: /^K51/, dagger: (cause) => cause },
  { asterisk: /^(?:N085|I328|I398|J991|G737|N164)/, cause: /^M32/, dagger: () => 'M321' },
  { asterisk: /^J99[01]/, cause: /^M05/, dagger: () => 'M051' }, { asterisk: /^J991/, cause: /^M34/, dagger: () => 'M348' }, { asterisk: /^J991/, cause: /^M3[35]/, dagger: (cause) => cause },
  { asterisk: /^F00/, cause: /^G30/, dagger: (cause) => cause }, { asterisk: /^F020/, cause: /^G310/, dagger: () => 'G310' }, { asterisk: /^F022/, cause: /^G10/, dagger: () => 'G10X' }, { asterisk: /^F023/, cause: /^G20/, dagger: () => 'G20X' }, { asterisk: /^F028/, cause: /^G318/, dagger: () => 'G318' },
  { asterisk: /^G55[01]/, cause: /^(?:M5[01]|C|D)/, dagger: (cause) => cause }, { asterisk: /^G551/, cause: /^M51/, dagger: () => 'M511' }, { asterisk: /^G992/, cause: /^M47/, dagger: () => 'M471' },
  { asterisk: /^D638/, cause: /^(?:N18|M0[56]|M32|K5[01]|C)/, dagger: (cause) => cause }, { asterisk: /^G46/, cause: /^I6[0-7]/, dagger: (cause) => cause }, { asterisk: /^H282/, cause: /^(?:G711|E20)/, dagger: (cause) => cause },
  { asterisk: /^(?:G13[01]|G631|G731)/, cause: /^[CD]/, dagger: (cause) => cause }, { asterisk: /^(?:G532|M633|G01|J990)/, cause: /^D86/, dagger: (cause) => cause },
];

/** May the code be the cause of that manifestation? Null where the table does not know the manifestation. */
export function isCauseOf(asterisk: string, cause: string): boolean | null {
  const known = causes.filter((pair) => pair.asterisk.test(asterisk));
  return known.length === 0 ? null : known.some((pair) => pair.cause.test(cause));
}

/** Asterisk codes whose own words name the cause (dementia in Alzheimer's disease). */
const implied: readonly (readonly [asterisk: RegExp, dagger: string])[] = [[/^F000/, 'G300'], [/^F001/, 'G301'], [/^F00[29]/, 'G309']];

/** DGCS.5: the dagger directly before its asterisk; an asterisk code never stands first or alone. Where the note names its cause the pair is completed, else nothing is offered. */
export const daggerAsterisk: CodingRule = {
  id: 'DGCS.5', isToBeChecked: false, on: 'diagnoses',
  apply(draft, { question: { isAsterisk } }) {
    const alone = draft.lines.filter((line) => isAsterisk(codeOf(line)));
    const paired = alone.reduce((held: Draft, line) => {
      const pair = causes.filter(({ asterisk }) => asterisk.test(codeOf(line)));
      const cause = held.lines.find((other) => other !== line && pair.some(({ cause: of }) => of.test(codeOf(other))));
      const fit = cause && pair.find(({ cause: of }) => of.test(codeOf(cause)));
      const own = implied.find(([asterisk]) => asterisk.test(codeOf(line)))?.[1];
      if (!cause && own) return replace(held, line, recode(line, [own, codeOf(line)], 'DGCS.5'));
      if (!cause || !fit) return refuse(held, line, ['DGCS.5', 'asterisk-alone']);
      const { candidate } = cause;
      const whole = recode({ ...line, candidate: { ...line.candidate, codable: [...line.candidate.codable, ...candidate.codable], weight: Math.max(line.candidate.weight, candidate.weight), first: Math.min(line.candidate.first, candidate.first) } }, [fit.dagger(codeOf(cause)), codeOf(line)], 'DGCS.5');
      // The cause without this manifestation is said by the pair; with others it keeps its own line.
      return cause.candidate.concept.codes.length > 1 ? replace(held, line, whole) : { ...replace(held, line, whole), lines: replace(held, line, whole).lines.filter((one) => one !== cause) };
    }, draft);
    return { ...paired, lines: paired.lines.map((line) => (line.candidate.concept.codes.length > 1 && line.candidate.concept.codes.slice(1).some(isAsterisk) && !line.fired.includes('DGCS.5') ? { ...line, fired: [...line.fired, 'DGCS.5'] } : line)) };
  },
};
