/** What can point at one patient. */
export type IdentifierKind = 'nhs-number' | 'date' | 'postcode' | 'name';

/** An identifier in something that is about to leave: which kind and in which field, never its words. */
export interface IdentifierFound<Place = string> {
  readonly kind: IdentifierKind;
  readonly where: Place;
}

/** One field of what leaves. */
export interface LeavingField<Place = string> {
  readonly where: Place;
  readonly text: string;
}

/** Is this an NHS number: ten digits whose last is the modulus 11 check digit (NHS Data Dictionary, NHS NUMBER)? */
export function isNhsNumber(text: string): boolean {
  if (!/^\d{10}$/.test(text)) return false;
  let sum = 0;
  for (let place = 0; place < 9; place += 1) sum += Number(text[place]) * (10 - place);
  const check = (11 - (sum % 11)) % 11;
  return check !== 10 && check === Number(text[9]);
}

/** Two-letter postcode areas of the United Kingdom and the Crown dependencies (Royal Mail). */
export const postcodeAreas = 'AB|AL|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|EC|EH|EN|EX|FK|FY|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|LA|LD|LE|LL|LN|LS|LU|ME|MK|ML|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE';

const month = '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|ion(?:awr)?|chwef(?:ror)?|[mf]aw(?:rth)?|ebr(?:ill)?|mai|fai|meh(?:efin)?|fehefin|g?orff(?:ennaf)?|awst|[mf]edi|hyd(?:ref)?|[td]ach(?:wedd)?|rh?ag(?:fyr)?)\\.?';
const day = '(?:0?[1-9]|[12]\\d|3[01])';
const inYear = '(?:19|20)\\d\\d';
/** Whole dates: nobody can tell a date of birth from another by its form. A moment with its time of day, as machines write it, is none. */
const dates = new RegExp([
  `(?<![\\d./-])${day}\\s?[./-]\\s?(?:0?[1-9]|1[0-2])\\s?[./-]\\s?(?:${inYear}|\\d\\d)(?!\\d|[./-]\\d)`,
  `(?<![\\d./-])${inYear}[./-](?:0?[1-9]|1[0-2])[./-]${day}(?![\\dT]|[./-]\\d)`,
  `(?<![\\p{L}\\d])${day}(?:st|nd|rd|th|af|il|ydd|fed|eg|ain)?[ -](?:o\\s)?${month}[ ,-]+(?:${inYear}|\\d\\d)(?!\\d)`,
  `(?<![\\p{L}\\d])${month}\\s${day}(?:st|nd|rd|th)?,?\\s${inYear}(?!\\d)`,
  `(?<!\\p{L})(?:d\\.?\\s?o\\.?\\s?b\\.?|date\\sof\\sbirth|born(?:\\son)?|dyddiad\\sgeni|ganed|ganwyd)\\s{0,2}[:=-]?\\s{0,3}\\d[^\\s,;]*`,
].join('|'), 'iu');
const postcode = new RegExp(`(?<![\\p{L}\\d])(?:${postcodeAreas}|[BEGLMNSW])\\d[A-Z\\d]?\\s{0,3}\\d[ABD-HJLNP-UW-Z]{2}(?![\\p{L}\\d])`, 'iu');
const tenFigures = /(?<![\p{L}\d.])\d(?:[ .-]{0,2}\d){9}(?![\p{L}\d])/gu;
const titles = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'prof', 'the', 'ap', 'ab', 'ferch']);

/** The same words in the forms that are looked for: full-width figures and letters as plain ones, odd spaces and hyphens as plain ones. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/[\u200b-\u200f\u202a-\u202f\u2060-\u2064\u2066-\u206f\ufeff\u00ad]/g, '').replace(/[\u2010-\u2015\u2212]/g, '-').replace(/[^\S\r\n]/g, ' ');
}

/** What kind of identifier stands in these words, if any: the surest first. `names` as a banner shows them, where one is known. */
export function identifierIn(text: string, names: readonly string[] = []): IdentifierKind | null {
  const words = plain(text);
  for (const [figures] of words.matchAll(tenFigures)) if (isNhsNumber(figures.replace(/\D/g, ''))) return 'nhs-number';
  if (dates.test(words)) return 'date';
  if (postcode.test(words)) return 'postcode';
  const parts = new Set(names.flatMap((name) => plain(name).toLowerCase().match(/\p{L}{3,}/gu) ?? []).filter((part) => !titles.has(part)));
  return parts.size > 0 && (words.toLowerCase().match(/\p{L}+/gu) ?? []).some((word) => parts.has(word)) ? 'name' : null;
}

/** The identifiers in what is about to leave, one a field at most. Anything found stops the whole of it. */
export function identifiersIn<Place>(fields: Iterable<LeavingField<Place>>, names: readonly string[] = []): readonly IdentifierFound<Place>[] {
  const found: IdentifierFound<Place>[] = [];
  // Most fields of a log or a table say what another has said.
  const known = new Map<string, IdentifierKind | null>();
  for (const { where, text } of fields) {
    let kind = known.get(text);
    if (kind === undefined) known.set(text, kind = identifierIn(text, names));
    if (kind !== null) found.push({ kind, where });
  }
  return found;
}

/** Keyed hashes, the ids of clicks and moments as machines write them: made by machines, and full of figures that look like others by chance. */
const ofMachines = /^(?:[0-9a-f]{64}|(?:urn:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))$/;

/** Every word of a value that is about to leave as JSON, with its place (`criteria.2.reason.en`); what machines made is left out. */
export function* leavingIn(value: unknown, place = ''): Generator<LeavingField> {
  if (typeof value === 'string') { if (!ofMachines.test(value)) yield { where: place, text: value }; return; }
  if (typeof value === 'number') { yield { where: place, text: String(value) }; return; }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, one] of Object.entries(value)) {
    const at = place === '' ? key : `${place}.${key}`;
    // A name of a field may have been typed as well.
    if (!Array.isArray(value)) yield { where: at, text: key };
    yield* leavingIn(one, at);
  }
}
