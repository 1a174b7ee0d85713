import { render } from 'preact';
import { fieldsOf, leadPageLines } from '../../../components/dashboard/lead-page-text.js';
import { PacksPage } from '../../../components/dashboard/packs-page.jsx';
import { createWords } from '../../../components/words.js';
import { csvText } from '../../../lib/base/csv.js';
import type { SpecialtyId } from '../../../lib/model/episode.js';
import { identifiersIn } from '../../../lib/model/identifier.js';
import { packOf } from '../../harness/packs.js';

const words = createWords(document.documentElement.lang === 'cy' ? 'cy' : 'en-GB');
const names = [['neurology', 'Neurology', 'Niwroleg'], ['rheumatology', 'Rheumatology', 'Rhiwmatoleg'], ['cataract', 'Cataract surgery', 'Llawdriniaeth cataractau']] as const;
const app = document.getElementById('app');
if (app) {
  render(
    <main class="main packs">
      <PacksPage specialties={names.map(([id, en, cy]) => ({ id: id as SpecialtyId, name: { en, cy } }))} packOf={(specialty, period) => packOf(specialty, period)} canSince={(id) => id !== 'cataract'} told={null} words={words}
        onLeave={(_, pack, texts) => { const lines = leadPageLines(pack, texts, words); Object.assign(window, { left: { csv: csvText(lines), stopped: identifiersIn(fieldsOf(lines)).length } }); }} />
    </main>, app);
}
