import { shippedCurriculum } from '../../assets/curriculum.js';
import type { Curriculum } from '../../lib/model/trainee.js';
import { readCurriculum } from '../../lib/training/index.js';

const opened = readCurriculum(shippedCurriculum.rules, shippedCurriculum.cases);

/** What trainees learn from; empty where it does not pass its own check. */
export const curriculum: Curriculum = opened.ok ? opened.value : { translation: 'draft', rules: [], cases: [] };
