import type { Bilingual } from '../lib/model/language.js';
import type { ExampleSentence } from '../lib/model/lead-pack.js';
import type { RuleId } from '../lib/model/rulebook.js';

type Line = readonly [rule: string, en: readonly [written: string, better: string], cy: readonly [written: string, better: string]];

/** Sentences for the lead's page, invented for the project and never taken from a patient. Welsh is draft, as the sheet's is. */
const lines: readonly Line[] = [
  ['BM028', ['Possible UTI, treated.', 'Probable urinary tract infection, treated with nitrofurantoin.'], ['UTI possible, wedi’i drin.', 'Haint llwybr wrinol tebygol (probable), wedi’i drin â nitrofurantoin.']],
  ['BM029', ['Likely Parkinson’s.', 'Probable Parkinson’s disease, treated with co-careldopa.'], ['Likely Parkinson’s.', 'Clefyd Parkinson tebygol (probable), ar co-careldopa.']],
  ['BM031', ['Suspected GCA, on pred.', 'Presumed giant cell arteritis, treated with prednisolone.'], ['Suspected GCA, ar pred.', 'Arteritis celloedd enfawr tybiedig (presumed), ar prednisolone.']],
  ['BM054', ['?MS. For scan.', 'Probable multiple sclerosis. Admitted for MRI of the brain.'], ['?MS. Am sgan.', 'Sglerosis ymledol tebygol (probable). Derbyniwyd am MRI o’r ymennydd.']],
  ['BM085', ['h/o epilepsy', 'Current focal epilepsy, on levetiracetam.'], ['h/o epilepsi', 'Epilepsi ffocal cyfredol, ar levetiracetam.']],
  ['BM086', ['History of asthma.', 'Current asthma, on a regular inhaler.'], ['Hanes o asthma.', 'Asthma cyfredol, ar anadlydd rheolaidd.']],
  ['BM092', ['Known MS.', 'Relapsing remitting multiple sclerosis, on natalizumab.'], ['MS hysbys.', 'Sglerosis ymledol atglafychol ysbeidiol, ar natalizumab.']],
  ['BM093', ['PE, on apixaban.', 'Current pulmonary embolism, treated with apixaban.'], ['PE, ar apixaban.', 'Emboledd ysgyfeiniol cyfredol, ar apixaban.']],
  ['BM097', ['RA, on MTX.', 'Seropositive rheumatoid arthritis of both hands, on methotrexate.'], ['RA, ar MTX.', 'Arthritis gwynegol seropositif y ddwy law, ar methotrexate.']],
  ['BM124', ['LP done.', 'Lumbar puncture performed, opening pressure 18 cm CSF.'], ['LP wedi’i wneud.', 'Pigiad meingefnol wedi’i wneud, pwysau agoriadol 18 cm CSF.']],
  ['BM131', ['PCR, ant vit.', 'Posterior capsule rupture during phacoemulsification, anterior vitrectomy.'], ['PCR, ant vit.', 'Rhwyg y capsiwl ôl yn ystod ffaco-emylsio, fitrectomi blaen.']],
  ['BM197', ['Flare, for steroid.', 'Flare of seropositive rheumatoid arthritis, both knees; steroid injection given.'], ['Flare, am steroid.', 'Fflamychiad arthritis gwynegol seropositif, y ddau ben-glin; rhoddwyd pigiad steroid.']],
  ['BM199', ['Inflammatory arthritis.', 'Psoriatic arthritis of both hands.'], ['Arthritis llidiol.', 'Arthritis soriatig y ddwy law.']],
  ['BM207', ['Cataract, for phaco.', 'Age-related nuclear cataract, right eye; admitted for phacoemulsification.'], ['Cataract, am phaco.', 'Cataract niwclear cysylltiedig ag oedran, llygad de; derbyniwyd am ffaco-emylsio.']],
  ['BM213', ['OD 6/24.', 'Right eye: visual acuity 6/24.'], ['OD 6/24.', 'Llygad de: craffter golwg 6/24.']],
];

/** By the term of the sheet that the first sentence is written with. */
export const leadExamples: ReadonlyMap<RuleId, Bilingual<ExampleSentence>> = new Map(lines.map(([rule, [written, better], [ysgrifenedig, gwell]]) => [rule as RuleId, { en: { written, better }, cy: { written: ysgrifenedig, better: gwell } }]));
