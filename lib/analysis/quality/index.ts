export { findSideConflicts, type SidedDocument } from './side-conflict.js';
