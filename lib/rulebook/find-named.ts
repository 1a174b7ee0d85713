import type { AuthorRole, NamedPlace } from '../model/fault.js';

const plain = (words: string): string => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

/**
 * The one thing that a page's words name, of a closed list; `unknown` where they name none, or two. A name inside a longer name that was found
 * (`consultant` in `nurse consultant`) says nothing of its own.
 */
function findNamed<Id extends string>(list: readonly { readonly id: Id; readonly names: readonly string[] }[], words: readonly (string | null)[]): Id | 'unknown' {
  const wanted = words.map((one) => ` ${plain(one ?? '')} `).join('|');
  const found = list.flatMap(({ id, names }) => names.flatMap((name) => {
    const sought = plain(name);
    const places: { readonly id: Id; readonly start: number; readonly end: number }[] = [];
    for (let at = sought === '' ? -1 : wanted.indexOf(` ${sought} `); at >= 0; at = wanted.indexOf(` ${sought} `, at + 1)) places.push({ id, start: at, end: at + sought.length });
    return places;
  }));
  const whole = found.filter((one) => !found.some((other) => other.start <= one.start && other.end >= one.end && other.end - other.start > one.end - one.start));
  const [only, ...others] = new Set(whole.map(({ id }) => id));
  return only !== undefined && others.length === 0 ? only : 'unknown';
}

/** The hospital or team that a page's words name: by either name or its other words. Several named: `unknown`, never the first. */
export function findPlace<Id extends string>(places: readonly NamedPlace<Id>[], words: readonly (string | null)[]): Id | 'unknown' {
  return findNamed(places.map(({ id, name, words: other }) => ({ id, names: [name.en, name.cy, ...other] })), words);
}

const numbered = (stem: string, from: number, to: number): readonly string[] => Array.from({ length: to - from + 1 }, (_, at) => [`${stem}${from + at}`, `${stem} ${from + at}`]).flat();

/** Words by which pages name the role of an author, in English and (draft) Welsh, with the soft mutation where a role takes one. */
const roleNames: readonly { readonly id: Exclude<AuthorRole, 'unknown'>; readonly names: readonly string[] }[] = [
  { id: 'consultant', names: ['consultant', 'ymgynghorydd', 'meddyg ymgynghorol', 'feddyg ymgynghorol', 'llawfeddyg ymgynghorol', 'lawfeddyg ymgynghorol'] },
  { id: 'specialty-doctor', names: ['specialty doctor', 'specialist doctor', 'associate specialist', 'staff grade', 'sas doctor', 'trust doctor', 'meddyg arbenigol', 'feddyg arbenigol', 'arbenigwr cyswllt'] },
  {
    id: 'resident-doctor',
    names: [
      'resident doctor', 'junior doctor', 'registrar', 'specialty registrar', 'specialist registrar', 'spr', 'str', 'sho', 'senior house officer', 'house officer', 'foundation doctor', 'core trainee', 'specialty trainee', 'clinical fellow', 'fy1', 'fy2', 'f1', 'f2',
      ...numbered('st', 1, 8), ...numbered('ct', 1, 3), ...numbered('imt', 1, 3), 'meddyg preswyl', 'feddyg preswyl', 'cofrestrydd', 'gofrestrydd', 'cofrestrydd arbenigol', 'meddyg sylfaen', 'feddyg sylfaen', 'meddyg iau', 'hyfforddai craidd',
    ],
  },
  { id: 'nurse', names: ['nurse', 'staff nurse', 'charge nurse', 'nurse consultant', 'consultant nurse', 'nurse specialist', 'clinical nurse specialist', 'cns', 'anp', 'nurse practitioner', 'ward sister', 'sister', 'matron', 'midwife', 'consultant midwife', 'health visitor', 'nyrs', 'nyrs arbenigol', 'nyrs ymgynghorol', 'ymgynghorydd nyrsio', 'prif nyrs', 'metron', 'bydwraig', 'fydwraig', 'ymwelydd iechyd'] },
  {
    id: 'allied-health',
    names: [
      'physiotherapist', 'physio', 'consultant physiotherapist', 'occupational therapist', 'dietitian', 'dietician', 'speech and language therapist', 'radiographer', 'consultant radiographer', 'podiatrist', 'orthoptist', 'paramedic', 'prosthetist', 'orthotist',
      'ffisiotherapydd', 'therapydd galwedigaethol', 'dietegydd', 'ddietegydd', 'therapydd iaith a lleferydd', 'therapydd lleferydd ac iaith', 'radiograffydd', 'podiatrydd', 'bodiatrydd', 'orthoptydd', 'parafeddyg', 'barafeddyg',
    ],
  },
  { id: 'pharmacist', names: ['pharmacist', 'consultant pharmacist', 'clinical pharmacist', 'fferyllydd', 'fferyllydd ymgynghorol'] },
  { id: 'clerical', names: ['secretary', 'medical secretary', 'consultant s secretary', 'secretary to consultant', 'ward clerk', 'clerk', 'typist', 'receptionist', 'ysgrifennydd', 'ysgrifenyddes', 'ysgrifennydd meddygol', 'clerc', 'glerc', 'clerc ward', 'teipydd', 'deipydd', 'derbynnydd', 'dderbynnydd'] },
  { id: 'other', names: ['gp', 'general practitioner', 'physician associate', 'medical student', 'student nurse', 'psychologist', 'clinical scientist', 'optometrist', 'audiologist', 'social worker', 'meddyg teulu', 'feddyg teulu', 'cydymaith meddygol', 'myfyriwr meddygol', 'seicolegydd', 'gwyddonydd clinigol', 'optometrydd', 'awdiolegydd', 'gweithiwr cymdeithasol'] },
];

/** The role that the words about a document's author name; a name alone (`Dr A. Morgan`) tells none, and two roles (a registrar for a consultant) tell none for sure. */
export function findAuthorRole(author: string | null): AuthorRole {
  return findNamed(roleNames, [author]);
}
