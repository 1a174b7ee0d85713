/** As many invented people as a test likes, in the shape of the sample record. Every name, number and sentence of theirs is nobody else's, so that it is known wherever it is found. */
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './chromium-page.js';

export interface InventedPerson {
  readonly id: string;
  readonly name: string;
  readonly born: string;
  readonly nhs: string;
  readonly hospital: string;
  readonly documents: readonly { readonly id: string; readonly kind: string; readonly title: string; readonly date: string; readonly place: string; readonly parts: readonly string[] }[];
  /** Everything of them that must never lie on a disk: each sentence, name, number and date, as it is written and in other usual ways. */
  readonly secrets: readonly string[];
  /** The kin's name: a word of no language, in every sentence about them. */
  readonly kin: string;
}

const [first, second, third] = [
  ['bryn', 'cael', 'dwyr', 'eifl', 'ffyn', 'gwaun', 'hirn', 'irwel', 'llyth', 'maelg'],
  ['azor', 'epwik', 'iquel', 'obdun', 'uxbar', 'ymzat', 'akvel', 'enzop', 'ilquor', 'ojmar'],
  ['thax', 'wynze', 'pelko', 'gradz', 'mivox', 'stubq', 'florj', 'drevz', 'cwimp', 'quarn'],
] as const;
const kins = ['Zylandra', 'Quexwell', 'Vostrami', 'Jaxpelin', 'Wuzmerth', 'Yorbexil', 'Xandwick', 'Pfumelog', 'Kvistane', 'Oxbriddy'] as const;
const conditions = ['type 2 diabetes mellitus', 'essential hypertension', 'rheumatoid arthritis', 'multiple sclerosis', 'asthma', 'atrial fibrillation', 'hypothyroidism', 'primary open-angle glaucoma', 'osteoarthritis of the left knee', 'epilepsy', 'chronic obstructive pulmonary disease'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const specialties = ['Neurology', 'Rheumatology', 'Ophthalmology'] as const;

/** A number of the range that is never given to a person (999 …), with its check digit; null where it would be 10. */
function nhsNumber(index: number): string | null {
  const nine = String(999_000_000 + index * 41);
  const check = (11 - [...nine].reduce((sum, digit, at) => sum + Number(digit) * (10 - at), 0) % 11) % 11;
  return check === 10 ? null : `${nine}${check}`;
}

const title = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function invent(index: number, digits: string): InventedPerson & Record<string, unknown> {
  const more = index < 1000 ? '' : 'zu';
  const surname = `${more}${first[index % 10]}${second[Math.floor(index / 10) % 10]}${third[Math.floor(index / 100) % 10]}`;
  const kin = `${kins[Math.floor(index / 100) % 10]}${second[index % 10]}${first[Math.floor(index / 10) % 10]}${more}`;
  const [year, month, day] = [1921 + index % 80, index % 12, 1 + index % 28];
  const born = `${String(day).padStart(2, '0')}-${months[month]}-${year}`;
  const nhs = `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`;
  const hospital = `QZ${String(7_310_000 + index * 7)}`;
  const number = `EP-${String(88_100_000 + index * 3)}`;
  const [a, b] = [conditions[index % conditions.length], conditions[(index * 3 + 1) % conditions.length]];
  const sentences = [
    `${kin} drove to the clinic and lost a glove on the way.`,
    `Known ${a}, which ${kin} writes down each Friday in a green book.`,
    `?MS was mentioned to ${kin} at the bus stop, and NS++ since the fair.`,
    `There is also ${b} and ${kin} asked whether the goat may stay.`,
    `Seen with ${title(surname)} and ${kin} together for forty minutes.`,
  ];
  const id = `i${String(index).padStart(4, '0')}`;
  const iso = `${year}-${String(month + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return {
    id, name: `${surname.toUpperCase()}, Bronwen (Mrs)`, born, sex: index % 2 ? 'F' : 'M', nhs, hospital, marker: kin, kin,
    episode: { number, specialty: specialties[index % 3], consultant: 'Dr T Test', admission: '02-Nov-2026', discharge: '03-Nov-2026', class: 'Day case' },
    documents: [
      { id: 'd1', kind: 'clinic-letter', title: 'Clinic letter', date: '3 November 2026', place: 'Outpatients', parts: sentences.slice(0, 3) },
      { id: 'd2', kind: 'discharge-summary', title: 'Discharge summary', date: '4 November 2026', place: 'Ward 3', parts: sentences.slice(3) },
    ],
    secrets: [...sentences, surname, title(surname), surname.toUpperCase(), kin, kin.toLowerCase(), born, iso, `${iso.slice(8)}/${iso.slice(5, 7)}/${year}`, `${day} ${new Date(Date.UTC(year, month)).toLocaleString('en-GB', { month: 'long', timeZone: 'UTC' })} ${year}`, nhs, digits, hospital, number],
  };
}

export function inventPeople(count: number): readonly InventedPerson[] {
  const people: InventedPerson[] = [];
  for (let index = 0; people.length < count; index += 1) { const digits = nhsNumber(index); if (digits !== null) people.push(invent(people.length, digits)); }
  return people;
}

/** A copy of the sample's pages that shows these people and nobody else; a folder that the caller removes. */
export function recordOf(people: readonly InventedPerson[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'nodi-invented-'));
  cpSync(join(root, 'assets/demo'), folder, { recursive: true });
  for (const name of ['first', 'ophthalmology', 'neurology', 'rheumatology', 'medicine']) writeFileSync(join(folder, `patients/${name}.json`), JSON.stringify(name === 'first' ? people.map(({ secrets: _, kin: __, ...shown }) => shown) : []));
  return folder;
}
