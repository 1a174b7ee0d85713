/* Two invented patients and their notes, for every page of this shelf. A marker stands in each note of its patient and nowhere else. */
window.people = [
  {
    name: 'BOWEN, Carys (Mrs)', number: '999 410 3326', born: '14-Feb-1951', episode: 'E-30417', specialty: 'Neurology', consultant: 'Dr Ifor Pask', admitted: '02-Nov-2026', discharged: '04-Nov-2026', marker: 'Zephyrosis',
    notes: [
      { title: 'Clinic letter', date: '02-Nov-2026', author: 'Registrar', episode: 'E-30417', text: 'Thank you for seeing this lady with Zephyrosis, who came to the clinic with her daughter.\nShe had four minutes of slurred speech on Monday: ?TIA. There is a history of CVA in 2019 with full recovery, and she takes clopidogrel every morning.\nImpression: likely migraine, but I have asked for an MRI of the head to rule out MS.\nBP today was 148/82. No weakness, walks well, eats and sleeps as before.' },
      { title: 'Ward entry', date: '03-Nov-2026', author: 'Staff nurse', episode: 'E-30417', text: 'Settled night. Zephyrosis known. SOB on the stairs, better at rest. Urine dip sent, query infection.\nShe had four minutes of slurred speech on Monday: ?TIA. There is a history of CVA in 2019 with full recovery, and she takes clopidogrel every morning.\nEating small meals, daughter visited in the afternoon and will take her home tomorrow.' },
      { title: 'Discharge summary', date: '04-Nov-2026', author: 'Consultant', episode: 'E-30418', text: 'Mrs Bowen, whose Zephyrosis is unchanged, went home well with her daughter. MRI of the head showed an old left parietal infarct and nothing new.\nShe had four minutes of slurred speech on Monday: ?TIA. There is a history of CVA in 2019 with full recovery, and she takes clopidogrel every morning.\nClinic in six weeks. Probable seizure was thought of and not pursued.' },
    ],
  },
  {
    name: 'LLEWELYN, Dafydd (Mr)', number: '999 410 7712', born: '30-Sep-1968', episode: 'E-51120', specialty: 'Rheumatology', consultant: 'Dr Nia Gower', admitted: '11-Nov-2026', discharged: '12-Nov-2026', marker: 'Quillonoma',
    notes: [
      { title: 'Llythyr clinig', date: '11 Tachwedd 2026', author: 'Ymgynghorydd', episode: 'E-51120', text: 'Diolch am gyfeirio Mr Llewelyn, sydd â Quillonoma ers deng mlynedd ac sy’n byw gyda’i wraig yn y Bala.\nMae’n dioddef o boen yn y dwylo bob bore. Amheuaeth o RA; gofynnwyd am brofion gwaed a phelydr-X o’r dwylo.\nNid oes hanes o strôc na thrawiad ar y galon. Bydd yn dychwelyd i’r clinig ymhen tri mis.' },
      { title: 'Day unit note', date: '12-Nov-2026', author: 'Specialist nurse', episode: 'E-51120', text: 'Infusion given without trouble. Quillonoma as before. Hands swollen on both sides, ?RA flare, ↑ CRP of 48.\nHistory of PE in 2014, on no anticoagulant now. SOB denied. Home with his wife at four.' },
    ],
  },
];
window.decoy = 'Pulmonary embolism — low: Decoyitis';
window.drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
window.element = (tag, attributes = {}, ...inside) => { const made = document.createElement(tag); for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value); made.append(...inside); return made; };
