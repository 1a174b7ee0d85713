/** The shelf of reports: one file each, and a line here. */
export { findingsBySpecialty, type SpecialtyFindings } from './findings-by-specialty.js';
export { findingsByTerm, type TermFindings } from './findings-by-term.js';
export { xmrOf, type PhaseStart } from './xmr.js';
