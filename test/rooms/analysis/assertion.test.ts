import { describe, expect, it } from 'vitest';
import { readings } from '../../../assets/starter.js';
import { createAsserter, readText } from '../../../lib/analysis/index.js';
import { doubtTerms, isCodable, ukTreatment, type DoubtPolicy } from '../../../lib/model/assertion.js';
import { labelOf } from '../../evaluate/assertions.js';

const asserter = createAsserter(readings);

/** Reads `Denies {haematuria|negated}`; a star after the label says that the condition is one that stays. */
function misread(line: string, by = asserter): readonly string[] {
  let text = '';
  let from = 0;
  const asked: { readonly start: number; readonly end: number; readonly label: string; readonly stays: boolean }[] = [];
  for (const match of line.matchAll(/\{([^{}|]+)\|([a-z_]+)(\*?)\}/g)) {
    const [whole, words = '', label = '', star] = match;
    text += line.slice(from, match.index) + words;
    asked.push({ start: text.length - words.length, end: text.length, label, stays: star === '*' });
    from = match.index + whole.length;
  }
  text += line.slice(from);
  if (asked.length === 0) return [`nothing is asked of “${line}”`];
  return asked.flatMap((one) => {
    const said = labelOf(readText(by, text).assert(one, one.stays).assertion);
    return said === one.label ? [] : [`“${text.slice(one.start, one.end)}” in “${text}” is ${one.label}, read as ${said}`];
  });
}

const scopes: Readonly<Record<string, readonly string[]>> = {
  'a length of time is no history': [
    'The previous days she had {fever|present} and the previous night {vomiting|present}.', 'A year and a half history of {hip pain|present}.', '3-month history of {headache|present}.', '2/12 hx of {altered bowel habit|present}.',
    'History of {dysphagia|present} for two months.', 'He has had {cough|present} for two months.', 'Testicular {nodule|present} noticed three months ago.', 'Recurrent {tonsillitis|present}.', 'A history of recurrent {tonsillitis|present}.',
    'Past few weeks {diarrhoea|present}.', 'Two weeks ago {chest pain|present} came on.',
  ],
  'what is over is past, what stays is current': [
    'Medical history of subtotal gastrectomy for {gastric adenocarcinoma|historical} four years ago.', 'A woman with a history of {melanoma|historical}, who had severe leg {pain|present}.', 'History of {asthma|present*} and {pneumonia|historical}.', '{Confusion|historical} resolved.', '{Asthma|historical*} as a child.',
    'PMH: {MI|historical} 2009, {T2DM|present*}.', 'History of stroke with residual {weakness|present}.', 'Gastrectomy 1998 for {ulcer|present} disease.', 'Hernia since 2001: {pain|present}.', 'Hemiplegia since a {stroke|historical} in 2012.', 'Diagnosed with {CML|present} in January 2010.', 'Dx {sarcoma|present} 2019.',
  ],
  'a person speaks for the patient or has it': [
    'Her husband reported {dyspnoea|present}.', 'Found unconscious by his mother with {seizures|present}.', 'The mother suffered from {asthma|family*}.', 'Mother states that he has {wheeze|present}.', 'Wife has {dementia|other*}; patient well.', 'Kidney from a deceased donor with {intracerebral haemorrhage|other}.',
    'Breast cancer was reported, {ovarian cancer|family} in her maternal aunt.', '{IHD|family*} (dad).', 'Strong family history of {polyps|family}.', 'No family history of interest, personal history of {hernia|historical}.', 'Lives with his sister. {Falls|present} daily.', 'FHx: mum {breast ca|family}. Patient has {lymphoma|present}.',
  ],
  'a denial ends where something begins': [
    'No allergies or toxic habits, was {hypertensive|present*}.', 'No other accompanying symptoms such as {cough|negated}, {rash|negated}, {fever|negated}.', 'Without {fever|negated}, with {dysuria|present}.', 'Lack of cooperation at first and {hyporeflexia|present}.', 'There was no {vomiting|negated}, possibly a touch of {gastroenteritis|uncertain}.',
    'No {haemoptysis|negated}, {night sweats|present}+.', 'No PV {bleed|negated}, {reflux|present} only.', 'Findings of active {colitis|present} and {CMV|negated} was ruled out.', 'Denies {weight loss|negated}, {fevers|negated}, cough, previous {trauma|negated}.', '{Asthma|present*} – no change. No {wheeze|negated}.', 'No {complications|negated}.', '{Burns|negated}, ulcers or vasculitis, which were ruled out.', 'Resistant to drugs against {renal carcinoma|present}.',
  ],
  'doubt has a short reach': [
    '{Arthritis|present*} with probable nerve {compression|codable_uncertain}.', 'Compatible with {epididymitis|uncertain}.', 'Images compatible with an old change of the lung base on the left where there is {emphysema|present*}.', 'Images suggestive of {metastases|uncertain}, later seen again.', 'Images suggestive of {metastases|present}, which are confirmed by CT.', '{Glaucoma|uncertain*} suspect, IOP 24.', '?acute on chronic {subdural|uncertain}.', '{PE|negated} unlikely, {gout|codable_uncertain} probable.', '{Neuropathy|present*}, query cause.', 'Could be explained by {dehydration|uncertain}.', 'It may have been related to a recent episode of viral illness or {infection|uncertain} of some sort.', '{Lymphoma|uncertain} not yet excluded.',
  ],
  'what may come is not there': [
    'Chronic complications such as {polyneuropathy|present*} and {hypertension|present*}.', 'Increased risk of {thrombosis|hypothetical} due to {lymphoma|present}.', 'Risks include but are not limited to {infection|hypothetical}, {bleeding|hypothetical}.', 'Allergy to penicillins, {hypertension|present*}.', 'Allergic to penicillin – {anaphylaxis|hypothetical}.', 'Anterior leaflet of the mitral valve with {regurgitation|present*}.', 'LP next week if {headache|present} persists.', 'Return if {fever|hypothetical} or {rash|hypothetical}.', 'Drain kept until {effusion|present} was gone.', 'To be bedridden, with {fever|present}.',
  ],
  'a heading speaks for its paragraph': [
    'Family history: father died of {stroke|family}. Physical examination: {pallor|present}.', 'Family history: mother diabetic.\n\nHe came with {chest pain|present}.', 'Allergies: penicillin ({rash|hypothetical}).\n\n{Eczema|present*} of both hands.', 'Review of systems: she reports {cough|present}. No {fever|negated}.', 'Consent: {bleeding|hypothetical}, {infection|hypothetical}.',
  ],
  'a diagnosis that was not made is none, however it is said': [
    'Not diagnosed as {hypertensive|negated*}.', 'He has never been diagnosed with {hypertension|negated*}.', 'Not on treatment for {high blood pressure|negated*}.', 'Not treated as {sepsis|negated}.', 'She was not treated as {sepsis|negated} but had a {UTI|present}.',
    'Not being treated for {sepsis|negated}.', 'This was not felt to be {sepsis|negated}.', 'It was not considered to represent {stroke|negated}.', 'The team did not feel this was {meningitis|negated}.', 'No formal diagnosis of {epilepsy|negated*}.', 'She does not have a diagnosis of {epilepsy|negated*}.',
    '{Epilepsy|negated*} cannot be diagnosed after one event.', '{TIA|negated} was thought unlikely by the stroke team.', '{PE|negated} is considered very unlikely.', '{Sepsis|negated} not suspected.', '{Discitis|negated} confidently excluded on MRI.', '{GCA|negated*} was not felt to be likely.',
    '{Migraine|present*} rather than {TIA|negated}.', '{Migraine|present*} as opposed to {epilepsy|negated*}.', 'Treated as {gout|codable_uncertain*} and not {cellulitis|negated}.', 'Does not fulfil the criteria for {lupus|negated*}.', 'Insufficient evidence for {CIDP|negated*}.', 'Previously misdiagnosed as {epilepsy|negated*}.',
    'A previous label of {epilepsy|uncertain*}.', '{Stroke|negated} excluded, {migraine|present*} with aura.', 'Nothing to suggest {vasculitis|negated*}.', 'He was not known to be {diabetic|negated*}.', 'Hypertension: {asthma|present*} well controlled.', 'Not tolerating metformin for {diabetes|present*}.', 'Blood pressure not controlled: {hypertension|present*}.',
    'Heb gael diagnosis o {orbwysedd|negated*}.', 'Nid yw wedi cael diagnosis o {epilepsi|negated*}.', 'Ni wnaed diagnosis o {sepsis|negated}.', 'Ni chafodd ei drin fel {sepsis|negated}.', 'Nid ystyriwyd bod hyn yn {strôc|negated}.', 'Ni chredir mai {meigryn|negated*} ydoedd.', '{Meigryn|present*} yn hytrach na {strôc|negated}.', 'Nid yw\'n debygol o fod yn {sglerosis ymledol|negated*}.', '{Strôc|negated} wedi\'i ddiystyru\'n llwyr.',
  ],
  'what somebody was told may come of a treatment is nobody’s condition': [
    'Risks including {bleeding|hypothetical}, {infection|hypothetical}, {stroke|hypothetical}, {sepsis|hypothetical}, {heart attack|hypothetical}, {retinal detachment|hypothetical} and {double vision|hypothetical} were explained.',
    'Complications discussed: {infection|hypothetical}; {bleeding|hypothetical}; {retinal detachment|hypothetical}, and/or {blindness|hypothetical}.\nRight {cataract|present*}.',
    'The following complications were discussed: {infection|hypothetical}, {haemorrhage|hypothetical}, {glaucoma|hypothetical*}.', 'Consented for risk of {endophthalmitis|hypothetical}, {glaucoma|hypothetical*}.',
    'Methotrexate counselling: side effects including {nausea|hypothetical}, {pneumonitis|hypothetical} and {hepatitis|hypothetical} discussed.', 'Potential complications include, but are not limited to: 1.  {Infection|hypothetical}.\n2.  {Bleeding|hypothetical}.\n3.  {Impotence|hypothetical}.\nFindings: {stricture|present}.',
    'Risks:\n- {bleeding|hypothetical}\n- {infection|hypothetical}\nCSF clear. {Epilepsy|present*}.', 'Complications discussed:\n{infection|hypothetical}\n{retinal detachment|hypothetical}\n\n{Macular degeneration|present*}.', 'I explained it. The possible risks were\n1. {infection|hypothetical}\n2. {retinal detachment|hypothetical}\nExamination: {macular degeneration|present*}.',
    'The risks were explained, including {infection|hypothetical},\n{haemorrhage|hypothetical}, {retinal detachment|hypothetical}\nand {corneal oedema|hypothetical}. {Glaucoma|present*} is stable.', 'Risks include {bleeding|hypothetical}. {Bleeding|hypothetical} can be superficial. We also discussed {thrombosis|hypothetical}. She has {asthma|present*}.',
    'Risks including {infection|hypothetical} were discussed; she has {asthma|present*}.', 'Risks of {infection|hypothetical} and {bleeding|hypothetical} were discussed because of his {diabetes|present*}.', 'Risks include {bleeding|hypothetical}, which she has understood, and {stroke|hypothetical}.',
    // What did come is there.
    'Complications: {posterior capsule rupture|present}', 'Intraoperative complications: {posterior capsule rupture|present}, {vitreous loss|present}.', 'Complications including {sepsis|present} and {renal failure|present} occurred.', 'She developed complications including {sepsis|present}, which we discussed.', 'Methotrexate was stopped as she had side effects including {nausea|present} and {stomatitis|present}.',
    'Risk factors include {hypertension|present*} and {smoking|present}.', 'Vascular risks: {hypertension|present*}, {AF|present*}.', 'At risk of {falls|hypothetical}.', 'Risks and benefits explained. {Cataract|present*} dense.',
    'Mae risgiau yn cynnwys {haint|hypothetical}, {sepsis|hypothetical}, trawiad a {golwg dwbl|hypothetical}.', 'Trafodwyd risgiau: {haint|hypothetical}, {gwaedu|hypothetical}, {strôc|hypothetical}.', 'Eglurwyd y risgiau gan gynnwys {haint|hypothetical}, {gwaedu|hypothetical} a {strôc|hypothetical}. Mae ganddi {glawcoma|present*}.', 'Trafodwyd sgil-effeithiau methotrexate: {cyfog|hypothetical}, {brech|hypothetical}. Mae ganddo {asthma|present*}.',
    'Cymhlethdodau a drafodwyd:\n- {haint|hypothetical}\n- {strôc|hypothetical}\n{Glawcoma|present*} yn y ddau lygad.', 'Cymhlethdodau: {rhwyg yn y capsiwl ôl|present}', 'Cafodd sgil-effeithiau: {cyfog|present}.',
  ],
  'what somebody is to look out for is not there': [
    'She was instructed to seek immediate medical attention for {shortness of breath|hypothetical}, {chest pain|hypothetical}, {fever|hypothetical}.', 'Told about flu-like {aches|hypothetical}.', 'There is also the possibility of dural tear with its attendant {headache|hypothetical}, {nausea|hypothetical}.', 'Should the {infection|hypothetical} be deep, he may return.', 'Ceisio sylw meddygol os {twymyn|hypothetical}.',
    'She sought medical attention for {chest pain|present}.', 'He attended A&E with {chest pain|present}.', '{Infection|negated} less likely with that CRP.', '?class III/IV {nephritis|uncertain}.', 'Class III {nephritis|present}.',
    'Allergies: penicillin - {rash|hypothetical}\nHe came in with {pneumonia|present} and was treated on the ward with doxycycline for five days.', 'Allergies: penicillin ({rash|hypothetical})\nlatex ({wheeze|hypothetical})',
    'Complications including {DVT|hypothetical}, {peritonitis|hypothetical}, {sepsis|hypothetical} and {pneumonia|hypothetical} were all discussed with the patient.', 'Complications including {sepsis|present} delayed discharge.',
    'I also explained to him complications including death secondary to {DVT|hypothetical}, {peritonitis|hypothetical} and {sepsis|hypothetical}.', 'Risks of {infection|hypothetical} explained, higher due to his {diabetes|present*}.',
  ],
  'each of a list has its own word': [
    'L {hemiparesis|present} improving, {dysphasia|historical} resolved.', '{Asthma|present*} stable, {pneumonia|historical} resolved.', '{Vomiting|historical} and {fever|historical} resolved.', '{Gwendid|present} yn gwella, {cyfog|historical} wedi setlo.', 'Darvocet prn, {warfarin|present}, KCL.', 'Cyclizine prn {nausea|hypothetical}.',
  ],
  'what was not the cause is not there, unless the patient is known to have it': [
    '{Multiple sclerosis|negated*} was not thought to be the cause.', 'Symptoms not felt to be secondary to {multiple sclerosis|negated*}.', '{Epilepsy|negated*} felt unlikely as the cause.', '{Stroke|negated} is not felt to be the cause of her {seizures|present}.', 'Headache not thought to be due to {giant cell arteritis|negated*}.', '{Migraine|negated*} does not explain the {weakness|present}.', 'The {weakness|present} was unlikely to be related to {stroke|negated}.',
    'Symptoms not due to {sepsis|negated}, {meningitis|negated} or {stroke|negated}.', '{Lupus|negated*} was ruled out as the cause.',
    'Her {multiple sclerosis|present*} was not thought to be the cause.', 'Symptoms not felt to be secondary to her known {multiple sclerosis|present*}.', 'Known {epilepsy|present*} is not the cause.', '{Migraine|present*} is the cause of the {headache|present}.', 'Weakness due to {stroke|present}.',
    '{Sglerosis ymledol|negated*} ddim yn achos y symptomau.', 'Nid yw {strôc|negated} yn debygol o fod yn achos.', 'Ni chredir mai {epilepsi|negated*} yw’r achos.', '{Strôc|negated} yn annhebygol fel achos.', 'Ei {epilepsi|present*} ddim yn achos.', '{Meigryn|present*} yw’r achos.',
  ],
  'what is only weighed is in doubt': [
    'It was suspected that the patient sustained a {spinal cord infarction|uncertain}.', 'Paracetamol prn, {asthma|present*}.',
    'Working diagnosis was migraine vs. {epilepsy|uncertain*}.', 'Differential consideration was given to cystic {adenoma|uncertain}, noncalcified {craniopharyngioma|uncertain}.', 'It may be seen with vasculitis due to disorders such as {SLE|uncertain*}, {rheumatoid arthritis|uncertain*}.', 'She is currently being evaluated for {inflammatory bowel disease|uncertain*}.', 'Findings consistent most with {lymphoma|uncertain}.', 'Whether he has another underlying {myopathy|uncertain*} remains to be seen.', 'Not been treated with medications for {Parkinson’s disease|negated*}.',
  ],
  'Welsh is read alike': [
    'Dim tystiolaeth o {haint|negated}.', '{SAH|negated} wedi\'i eithrio ar CT.', '{Niwmonia|uncertain} heb ei eithrio.', 'Os bydd {twymyn|hypothetical} dewch yn ôl.', 'Mam y claf yn adrodd {peswch|present} ers dydd Llun.', 'Tad â {chlefyd y galon|family*}.', 'Wedi cael {strôc|historical} yn 2018, dim {gwendid|negated} bellach.', 'Hanes o {asthma|present*} a {niwmonia|historical}.', 'Yn gyson â {lymffoma|uncertain}.', 'Trin fel {niwmonia|codable_uncertain}.', 'Gwrthod {poen|negated}.', 'Alergedd i benisilin – {brech|hypothetical}.',
  ],
};

describe('how words are meant', () => {
  for (const [rule, lines] of Object.entries(scopes)) {
    it(rule, () => {
      const bad = lines.flatMap((line) => misread(line));
      console.info(`${rule}: tried ${lines.length}, bad ${bad.length}`);
      expect(bad.join('\n')).toBe('');
    });
  }
});

describe('the treatment of doubting words', () => {
  const examples: Readonly<Record<(typeof doubtTerms)[number], readonly string[]>> = {
    presumed: ['Presumed gastroenteritis', 'Gastroenteritis tybiedig'], probable: ['Probable gastroenteritis', 'Gastroenteritis mwy na thebyg'], 'treat-as': ['Treat as gastroenteritis', 'Trin fel gastroenteritis'], 'working-diagnosis': ['Working diagnosis gastroenteritis', 'Diagnosis gweithio gastroenteritis'],
    likely: ['Likely gastroenteritis'], tebygol: ['Gastroenteritis tebygol', 'Mae gastroenteritis yn debygol'], impression: ['Clinical impression of gastroenteritis', 'Argraff o gastroenteritis'], 'consistent-with': ['Consistent with gastroenteritis', 'c/w gastroenteritis', 'Yn gyson â gastroenteritis'], 'suggestive-of': ['Suggestive of gastroenteritis', 'Yn awgrymu gastroenteritis'],
    possible: ['Possible gastroenteritis', 'Gastroenteritis posibl'], suspected: ['Suspected gastroenteritis', 'Amheuir gastroenteritis'], query: ['Query gastroenteritis', 'Cwestiwn o gastroenteritis'], 'question-mark': ['?gastroenteritis', 'Gastroenteritis?'], 'may-be': ['This may be gastroenteritis', 'Gallai fod gastroenteritis'],
  };
  const read = (text: string, policy: DoubtPolicy): ReturnType<ReturnType<typeof readText>['assert']> => {
    const start = text.toLowerCase().indexOf('gastroenteritis');
    return readText(createAsserter(readings, policy), text).assert({ start, end: start + 'gastroenteritis'.length }, false);
  };

  it('is the UK’s, and a department may turn each term, in both languages', () => {
    let tried = 0;
    for (const term of doubtTerms) {
      for (const text of examples[term]) {
        const uk = ukTreatment(term);
        expect([text, isCodable(read(text, {}).assertion)]).toEqual([text, uk === 'codable']);
        const turned = read(text, { [term]: uk === 'codable' ? 'not-codable' : 'codable' });
        expect([text, isCodable(turned.assertion)]).toEqual([text, uk !== 'codable']);
        expect(turned.cues.map((cue) => cue.byDepartment)).toContain(true);
        expect(read(text, { [term]: uk }).cues.some((cue) => cue.byDepartment)).toBe(false);
        tried += 1;
      }
    }
    console.info(`doubting words tried ${tried}`);
    expect(tried).toBeGreaterThan(25);
  });

  it('never makes what nobody knows codable', () => {
    const all = Object.fromEntries(doubtTerms.map((term) => [term, 'codable'])) as DoubtPolicy;
    for (const text of ['Rule out gastroenteritis', 'Gastroenteritis vs colitis', 'Gastroenteritis not excluded', 'Differential: gastroenteritis', 'I eithrio gastroenteritis', 'No likely gastroenteritis']) expect([text, isCodable(read(text, all).assertion)]).toEqual([text, false]);
  });
});

it('reads a megabyte of one sentence in linear time', () => {
  const time = (length: number): number => {
    const text = 'no pain, mother '.repeat(length / 16);
    const start = performance.now();
    const read = readText(asserter, text);
    for (let at = 3; at < text.length; at += 320) read.assert({ start: at, end: at + 4 }, false);
    return performance.now() - start;
  };
  time(100_000);
  const [short, long] = [time(64_000), time(1_024_000)];
  console.info(`64 KB ${short.toFixed(0)} ms, one ${long.toFixed(0)} ms`);
  expect(long).toBeLessThan(short * 48 + 500);
});

it('reads headings, risks and allergies without end in linear time', () => {
  const time = (unit: string, length: number): number => {
    const text = unit.repeat(length / unit.length);
    const start = performance.now();
    const read = readText(asserter, text);
    for (let at = 3; at < text.length; at += 320) read.assert({ start: at, end: at + 4 }, false);
    return performance.now() - start;
  };
  const units = ['RISKS:\nrisks x\n', 'Allergies: x\n', 'risks include: 1. a\n2. b\n', 'Differential diagnosis: a. B was there and it is all of it. '];
  for (const unit of units) {
    time(unit, 16_000);
    const [short, long] = [time(unit, 32_000), time(unit, 512_000)];
    expect(long, unit).toBeLessThan(short * 48 + 700);
  }
  console.info(`units without end tried ${units.length}, bad 0`);
});
