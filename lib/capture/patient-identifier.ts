import { isNhsNumber } from '../model/identifier.js';

/** The identifier as it is compared: letters and figures only, in capitals, whatever the page puts between them. */
export function plainIdentifier(shown: string): string {
  return shown.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
}

/** Every NHS number that a text shows, spaces or hyphens allowed, each once. */
export function nhsNumbersIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(/(?<![\d-])\d{3}[ \u00a0-]?\d{3}[ \u00a0-]?\d{4}(?![\d-])/g)) {
    const number = plainIdentifier(match[0]);
    if (isNhsNumber(number)) found.add(number);
  }
  return [...found];
}

/** Initials of a name as a banner shows it, given name first: `EVANS, Megan (Mrs)` and `Megan Evans` are both `M E`. Empty without a name. */
export function initialsOf(name: string | null): string {
  if (!name) return '';
  const [family = '', given = ''] = name.replace(/\(.*?\)/g, '').split(',').map((part) => part.trim());
  const words = given === '' ? family.split(/\s+/) : [given, family];
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.charAt(0).toUpperCase() ?? '').join(' ').trim();
}
