export { checkPack, createRulebook, type RulebookFailure, type RulebookProblem } from './check-pack.js';
export { findSpecialty } from './find-specialty.js';
export { findAuthorRole, findPlace } from './find-named.js';
