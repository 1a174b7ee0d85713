import type { KnownOfPatient } from '../../model/auto-coder.js';
import { isNhsNumber, postcodeAreas } from '../../model/identifier.js';

/** Stands for each UTF-16 unit that was hidden, so that offsets stay. No note is written with it, and no coder reads it as a word. */
export const hidden = '█';

/** Letters that English and Welsh are written with; `\p{L}` without regard to case takes a tenth of a second to compile. */
const letter = 'A-Za-zÀ-ɏ';
const month = '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|ionawr|chwefror|[mf]awrth|ebrill|mai|fai|[mf]ehefin|g?orffennaf|awst|[mf]edi|hydref|[td]achwedd|rh?agfyr)\\.?';
const date = `(?:\\d{1,2}\\s?[./ -]\\s?\\d{1,2}\\s?[./ -]\\s?(?:19|20)?\\d\\d|(?:19|20)\\d\\d[./-]\\d{1,2}[./-]\\d{1,2}|\\d{1,2}(?:st|nd|rd|th|af|il|ydd|fed|eg|ain)?\\s(?:o\\s)?${month},?\\s(?:19|20)?\\d\\d|${month}\\s\\d{1,2}(?:st|nd|rd|th)?,?\\s(?:19|20)\\d\\d|(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\\d\\d)`;
const labelled = '(?:(?:nhs|n\\.h\\.s\\.|gig|mrn|crn|chi)\\s?(?:no|number|num|rhif|ref|#)?|(?:hospital|hosp|ysbyty|unit|patient|claf|pas|record|cofnod|case\\s?note|id)\\s?(?:no|number|num|rhif|id|ref|#|(?=[:=.])))\\.?';
const capital = '\\p{Lu}[\\p{L}\\p{M}’\'-]*';

/**
 * What is hidden whole. Each is wider than it need be: a clinical word too many that does not leave costs a suggestion, an identifier that does costs a patient.
 * Every whole date goes, since nobody can tell a date of birth from another by its form; a year alone stays.
 */
const patterns: readonly RegExp[] = [
  // E-mail and web addresses.
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+\s?@\s?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu,
  /\b(?:https?:\/\/|www\.)\S+/giu,
  // Numbers with a label: NHS, hospital, case note; the number may be letters and figures.
  new RegExp(`(?<![${letter}])${labelled}\\s?[:#.=]?\\s{0,3}[${letter}]{0,4}[ /-]?\\d[${letter}\\d]*(?:[ /-]?\\d[${letter}\\d]*)*`, 'giu'),
  /(?<![A-Za-zÀ-ɏ])rhif\s(?:gig|ysbyty|claf|uned)\s?[:#.=]?\s{0,3}[A-Za-zÀ-ɏ]{0,4}[ /-]?\d[A-Za-zÀ-ɏ\d]*(?:[ /-]?\d[A-Za-zÀ-ɏ\d]*)*/giu,
  // Ten figures three, three, four: an NHS number, or one mistyped.
  /(?<![\d.])\d{3}[ .\u2010-\u2015/-]{0,3}\d{3}[ .\u2010-\u2015/-]{0,3}\d{4}(?!\d)/gu,
  // Telephones of the United Kingdom.
  /(?<![\d.])(?:\+\s?44|0044|\(?0)(?:[ ().-]{0,2}\d){8,11}/gu,
  new RegExp(`(?<![\\d./-])${date}(?![\\d/])`, 'giu'),
  // Births, whatever form the date has.
  /(?<![A-Za-zÀ-ɏ])(?:d\.?\s?o\.?\s?b\.?|date\sof\sbirth|born(?:\son)?|dyddiad\sgeni|dyd\.?\sgeni|ganed|ganwyd)\s{0,2}[:=-]?\s{0,3}[^\s,;]*\d[^\s,;)]*(?:[ ./-][A-Za-zÀ-ɏ\d]*\d[A-Za-zÀ-ɏ\d]*){0,2}/giu,
  // Six figures or more, with the letters that stand at them: hospital numbers without a label.
  /(?<![\p{L}\d])\p{L}{0,6}[ /-]?\d{6,}[\p{L}]{0,2}(?![\p{L}\d])/gu,
  new RegExp(`(?<![${letter}\\d])(?:${postcodeAreas}|[BEGLMNSW])\\d[A-Z\\d]?\\s{0,3}\\d[ABD-HJLNP-UW-Z]{2}(?![${letter}\\d])`, 'giu'),
  // House and street.
  new RegExp(`(?<!\\d)\\d{1,5}[a-z]?,?\\s(?:${capital}\\s){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Close|Drive|Terrace|Place|Court|Crescent|Grove|Gardens|Way|Square)\\b`, 'gu'),
  new RegExp(`(?<!\\d)\\d{1,5}[a-z]?,?\\s(?:Heol|Stryd|Ffordd|Lôn|Rhodfa|Maes|Bryn|Clos|Cilgant|Teras|Parc)(?:\\s${capital}|\\sy[rn]?){1,4}`, 'gu'),
  // Names by their titles and labels.
  new RegExp(`(?<!\\p{L})(?:Mr|Mrs|Ms|Miss|Mx|Master|Dr|Doctor|Prof|Professor|Sister|Sir|Dame|Rev|Parch|Nurse|Nyrs|MRS|MS|MISS|DR|PROF)\\.?[ \\t]+(?:${capital}\\.?(?:[ \\t]+(?=\\p{Lu}))?){1,4}`, 'gu'),
  // In capitals it is also magnetic resonance.
  /(?<!\p{L})MR\.?[ \t]+\p{Lu}{2,}(?:[ \t]+\p{Lu}{2,}){0,2}(?!\p{Ll})/gu,
  new RegExp(`(?<!\\p{L})(?:[Dd]ear|DEAR|[Aa]nnwyl|ANNWYL|RE|Re|[Nn]ame|NAME|[Ee]nw|ENW|[Ss]urname|SURNAME|[Cc]yfenw|[Ff]orenames?|FORENAMES?|[Pp]atient|PATIENT|[Cc]laf|CLAF|[Ss]igned|SIGNED|[Ll]lofnod(?:wyd)?)(?:[ \\t]*[:=][ \\t]*|(?<=[Dd]ear|DEAR|[Aa]nnwyl|ANNWYL)[ \\t]+)(?:${capital}[.,]?(?:[ \\t]+(?=\\p{Lu}))?){1,4}`, 'gu'),
];

/** Ten figures with anything between them that passes for a space; hidden where their check digit says that they are an NHS number. */
const spaced = /(?<!\d)\d(?:[^\p{L}\p{N}]{0,3}\d){9}(?!\d)/gu;

/** The same text, unit for unit, in the forms that the patterns know: full-width figures and letters as plain ones, odd spaces as spaces. */
function plain(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
    .replace(/[\u0660-\u0669]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0x0660 + 48))
    .replace(/[\u00a0\u1680\u2000-\u200f\u202a-\u202f\u205f-\u2064\u2066-\u206f\u3000\ufeff\u00ad]/g, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-');
}

/** Letters and figures of a text in one run, in capitals, and where each stands: an identifier is found whatever the note puts between its parts. */
function lettersOf(text: string): { readonly letters: string; readonly places: readonly number[] } {
  const letters: string[] = [];
  const places: number[] = [];
  for (const match of text.matchAll(/[A-Za-z\d]/g)) { letters.push(match[0].toUpperCase()); places.push(match.index); }
  return { letters: letters.join(''), places };
}

const bare = (word: string): string => word.normalize('NFD').replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
const titles = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'prof', 'master', 'sir', 'dame', 'rev', 'the', 'of', 'ap', 'ab', 'ferch']);

/**
 * The text of a note as it may leave: identifiers and names are hidden unit for unit, so that an offset into what is given back is an offset into the note.
 * What it cannot know is a name that the banner does not show and no title or label announces.
 */
export function minimumText(text: string, known: KnownOfPatient): string {
  const shadow = plain(text);
  const spans: [number, number][] = [];
  for (const pattern of patterns) for (const match of shadow.matchAll(pattern)) spans.push([match.index, match.index + match[0].length]);
  for (const match of shadow.matchAll(spaced)) if (isNhsNumber(match[0].replace(/\D/g, ''))) spans.push([match.index, match.index + match[0].length]);
  const { letters, places } = lettersOf(shadow);
  for (const identifier of known.identifiers) {
    const wanted = lettersOf(plain(identifier)).letters;
    if (wanted.length < 4) continue;
    for (let at = letters.indexOf(wanted); at >= 0; at = letters.indexOf(wanted, at + 1)) spans.push([places[at] ?? 0, (places[at + wanted.length - 1] ?? 0) + 1]);
  }
  const names = new Set(known.names.flatMap((name) => { const parts = plain(name).split(/[^\p{L}\p{M}]+/u).map(bare).filter((part) => part.length > 1 && !titles.has(part)); return [...parts, parts.join(''), [...parts].reverse().join('')]; }).filter((name) => name !== ''));
  if (names.size > 0) for (const match of shadow.matchAll(/[\p{L}\p{M}]+/gu)) if (names.has(bare(match[0]))) spans.push([match.index, match.index + match[0].length]);
  if (spans.length === 0) return text;
  const units = text.split('');
  for (const [start, end] of spans) for (let at = start; at < end; at += 1) if (units[at] !== '\n' && units[at] !== '\t') units[at] = hidden;
  return units.join('');
}
