import type { SectionKind } from '../model/mention.js';

/** How much a section says about what an episode was for (DGCS.1: the main condition treated or investigated). */
export const sectionWeight: Readonly<Record<SectionKind, number>> = {
  diagnosis: 6, impression: 4.2, operation: 3.6, reason: 3.8, preoperative: 3.6, course: 3.2, complications: 2.2, 'present-illness': 2.2, other: 2.4,
  history: 1.3, investigations: 1.6, examination: 0.6, description: 1.1, plan: 1.2, drugs: 0.6, social: 0.5, family: 0, allergies: 0, consent: 0, screening: 0.2, differential: 0,
};
