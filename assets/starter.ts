import type { EditionId } from '../lib/model/rulebook.js';
import abbreviations from './bookmarks/abbreviations.json' with { type: 'json' };
import general from './bookmarks/general.json' with { type: 'json' };
import neurology from './bookmarks/neurology.json' with { type: 'json' };
import ophthalmology from './bookmarks/ophthalmology.json' with { type: 'json' };
import rheumatology from './bookmarks/rheumatology.json' with { type: 'json' };
import symbols from './bookmarks/symbols.json' with { type: 'json' };
import specialties from './specialties/specialties.json' with { type: 'json' };

/** The starter sheet, unchecked: the rulebook room checks it as it would anybody's. */
export const starterSheet = {
  edition: 'starter-1' as EditionId,
  packs: [general, symbols, abbreviations, neurology, rheumatology, ophthalmology] as readonly unknown[],
  specialties: specialties as readonly unknown[],
};
