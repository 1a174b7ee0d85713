/** Words of a page about an author, a hospital or a team, and what the log may keep of them. */
import { describe, expect, it } from 'vitest';
import { findAuthorRole, findPlace } from '../../../lib/rulebook/index.js';
import type { AuthorRole, Hospital, SiteId } from '../../../lib/model/fault.js';

const authors: readonly (readonly [author: string | null, role: AuthorRole])[] = [
  ['Mr T. Beynon, Consultant Ophthalmologist', 'consultant'],
  ['Dr C. Llwyd (Ymgynghorydd)', 'consultant'],
  ['Llawfeddyg Ymgynghorol', 'consultant'],
  ['gan feddyg ymgynghorol', 'consultant'],
  ['Associate Specialist', 'specialty-doctor'],
  ['Meddyg Arbenigol', 'specialty-doctor'],
  ['Dr Huws, ST5', 'resident-doctor'],
  ['CT 2 Medicine', 'resident-doctor'],
  ['Specialty Registrar', 'resident-doctor'],
  ['Cofrestrydd Niwroleg', 'resident-doctor'],
  ['SHO', 'resident-doctor'],
  ['Resident doctor', 'resident-doctor'],
  ['Nurse Consultant', 'nurse'],
  ['Consultant Nurse', 'nurse'],
  ['Staff Nurse', 'nurse'],
  ['Nyrs Arbenigol', 'nurse'],
  ['Bydwraig', 'nurse'],
  ['Occupational Therapist', 'allied-health'],
  ['Ffisiotherapydd', 'allied-health'],
  ['Consultant pharmacist', 'pharmacist'],
  ['Fferyllydd', 'pharmacist'],
  ['Consultant’s secretary', 'clerical'],
  ['Ysgrifennydd Meddygol', 'clerical'],
  ['GP', 'other'],
  ['Meddyg teulu', 'other'],
  // A name tells no role, and two roles do not tell which of them wrote.
  ['Dr A. Morgan', 'unknown'],
  ['Sister-in-law informed by registrar', 'unknown'],
  ['Registrar for Mr Beynon, consultant', 'unknown'],
  ['Streeter', 'unknown'],
  ['', 'unknown'],
  [null, 'unknown'],
];

describe('the role of an author', () => {
  it('is the one that the page’s words name, in either language, and unknown where they name none or two', () => {
    const bad = authors.filter(([author, role]) => findAuthorRole(author) !== role).map(([author, role]) => `${author}: ${findAuthorRole(author)}, not ${role}`);
    console.info(`authors tried ${authors.length}, bad ${bad.length}`);
    expect(bad).toEqual([]);
  });
});

describe('a hospital or a team', () => {
  const hospital = (id: string, en: string, cy: string, ...words: readonly string[]): Hospital => ({ id: id as SiteId, name: { en, cy }, words });
  const hospitals = [hospital('glan-y-don', 'Glan-y-Don Hospital', 'Ysbyty Glan-y-Don', 'GYD'), hospital('glan', 'Glan Clinic', 'Clinig Glan', 'Glan'), hospital('bryn', 'Bryn Hospital', 'Ysbyty’r Bryn')];

  it('is found by its name in either language or its other words, whatever stands around them', () => {
    for (const words of ['Eye clinic, GLAN Y DON HOSPITAL', 'Ysbyty Glan-y-Don, Ward 4', 'Discharge letter (GYD)']) expect(findPlace(hospitals, [null, words])).toBe('glan-y-don');
    expect(findPlace(hospitals, ['Ysbyty’r Bryn', null])).toBe('bryn');
    expect(findPlace(hospitals, ['Glan'])).toBe('glan');
  });

  it('is unknown where none is named, or two are', () => {
    for (const words of [['Brynmawr letter'], [null], [], ['Bryn Hospital', 'transferred from GYD']]) expect(findPlace(hospitals, words)).toBe('unknown');
    expect(findPlace([], ['Bryn Hospital'])).toBe('unknown');
  });
});
