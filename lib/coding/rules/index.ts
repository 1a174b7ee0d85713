/** The shelf of coding rules, in the order in which they run: national standards, and the Welsh notices over them. */
import type { CodingRule } from '../draft.js';
import { adverseEffects, externalCause } from './external-cause.js';
import { ageAndSex } from './age-and-sex.js';
import { arthrosisSite } from './arthrosis-site.js';
import { afterCataract, cataractForms } from './cataract.js';
import { combinations } from './combinations.js';
import { comorbidities } from './comorbidities.js';
import { daggerAsterisk } from './dagger-asterisk.js';
import { diabetes } from './diabetes.js';
import { done, stageReached } from './done.js';
import { exchangeCount } from './exchange-count.js';
import { excludes } from './excludes.js';
import { highCostDrugs } from './high-cost-drugs.js';
import { historyCodes } from './history.js';
import { hypertension } from './hypertension.js';
import { jointSites } from './joint-sites.js';
import { mainCondition } from './main-condition.js';
import { muscleSites } from './muscle-sites.js';
import { notCarriedOut } from './not-carried-out.js';
import { operatedCondition } from './operated-condition.js';
import { optionalProcedures } from './optional-procedures.js';
import { mainProcedure, neverFirst, pairedOrder } from './paired-order.js';
import { procedurePrompts } from './procedure-prompts.js';
import { procedureSite } from './procedure-site.js';
import { removedCataract } from './removed-cataract.js';
import { sameOperation, therapeuticOnly } from './same-operation.js';
import { sequelae } from './sequelae.js';
import { side } from './side.js';
import { siteOfCondition } from './site-of-condition.js';
import { specificity } from './specificity.js';
import { specificityPrompts } from './specificity-prompts.js';
import { allergies, anticoagulants } from './status.js';
import { symptomsOfDiagnosis } from './symptoms.js';
import { uncertainty } from './uncertainty.js';
import { welshNotices } from './welsh-notices.js';

export const codingRules: readonly CodingRule[] = [
  // What the words cannot mean goes first, then what belongs together, then what one makes of the other.
  welshNotices, ageAndSex, removedCataract, cataractForms, afterCataract, arthrosisSite, siteOfCondition, diabetes, hypertension, combinations, specificity, daggerAsterisk, excludes, symptomsOfDiagnosis,
  historyCodes, sequelae, anticoagulants, allergies, comorbidities, adverseEffects, externalCause, uncertainty, specificityPrompts, operatedCondition, notCarriedOut,
  ...mainCondition,
  done, stageReached, exchangeCount, optionalProcedures, highCostDrugs, sameOperation, therapeuticOnly, jointSites, muscleSites, procedureSite, mainProcedure, pairedOrder, neverFirst, side, procedurePrompts,
];
