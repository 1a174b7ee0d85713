import type { ExceptionList, SampleEpisode } from '../lib/model/exception.js';
import type { LanguageReading } from '../lib/model/language-reading.js';
import type { Abbreviations, SpecialtyPack, WordForms } from '../lib/model/lexicon.js';
import type { EditionId } from '../lib/model/rulebook.js';
import abbreviations from './bookmarks/abbreviations.json' with { type: 'json' };
import general from './bookmarks/general.json' with { type: 'json' };
import neurology from './bookmarks/neurology.json' with { type: 'json' };
import ophthalmology from './bookmarks/ophthalmology.json' with { type: 'json' };
import rheumatology from './bookmarks/rheumatology.json' with { type: 'json' };
import symbols from './bookmarks/symbols.json' with { type: 'json' };
import allSpecialtiesCodes from './specialties/packs/all-specialties.json' with { type: 'json' };
import comorbiditiesCodes from './specialties/packs/comorbidities.json' with { type: 'json' };
import generalCodes from './specialties/packs/general.json' with { type: 'json' };
import neurologyCodes from './specialties/packs/neurology.json' with { type: 'json' };
import ophthalmologyCodes from './specialties/packs/ophthalmology.json' with { type: 'json' };
import procedureStepsCodes from './specialties/packs/procedure-steps.json' with { type: 'json' };
import rheumatologyCodes from './specialties/packs/rheumatology.json' with { type: 'json' };
import criteria from './exceptions/criteria.json' with { type: 'json' };
import samples from './exceptions/samples.json' with { type: 'json' };
import english from './languages/en-GB/reading.json' with { type: 'json' };
import welsh from './languages/cy/reading.json' with { type: 'json' };
import ambiguous from './specialties/abbreviations.json' with { type: 'json' };
import wordForms from './specialties/word-forms.json' with { type: 'json' };
import specialties from './specialties/specialties.json' with { type: 'json' };

/** The starter sheet, unchecked: the rulebook room checks it as it would anybody's. */
export const starterSheet = {
  edition: 'starter-1' as EditionId,
  packs: [general, symbols, abbreviations, neurology, rheumatology, ophthalmology] as readonly unknown[],
  specialties: specialties as readonly unknown[],
};

/** The specialty packs that ship: what conditions and operations are called, and their codes. A test holds every file of the folder to be here. */
export const specialtyPacks = [allSpecialtiesCodes, comorbiditiesCodes, generalCodes, neurologyCodes, ophthalmologyCodes, procedureStepsCodes, rheumatologyCodes] as unknown as readonly SpecialtyPack[];

/** How English and Welsh head, deny, doubt and remember. */
export const readings = [english, welsh] as unknown as readonly LanguageReading[];

/** Other forms of words, what may stand between the words of a term, symbols that are words, and abbreviations with several meanings. */
export const lexiconWords = { words: wordForms as WordForms, abbreviations: ambiguous as Abbreviations };

/** Which episodes are coded in full where a department codes the primary diagnosis and procedure only: invented, to be replaced by the health board's list (a test holds it to its shape). */
export const shippedExceptions = criteria as unknown as ExceptionList;

/** Invented episodes on which such a list is tried. */
export const sampleEpisodes = samples as unknown as readonly SampleEpisode[];
