import generalMedicine from './training/general-medicine.json' with { type: 'json' };
import neurology from './training/neurology.json' with { type: 'json' };
import ophthalmology from './training/ophthalmology.json' with { type: 'json' };
import rheumatology from './training/rheumatology.json' with { type: 'json' };
import rules from './training/rules.json' with { type: 'json' };

/** Invented notes with their answers and the rules that these rest on, unchecked: the training room checks them. */
export const shippedCurriculum = { rules: rules as unknown, cases: [neurology, rheumatology, ophthalmology, generalMedicine] as readonly unknown[] };
