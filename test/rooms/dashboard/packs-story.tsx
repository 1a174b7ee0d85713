import { render } from 'preact';
import { fieldsOf, leadPageLines } from '../../../components/dashboard/lead-page-text.js';
import { PacksPage } from '../../../components/dashboard/packs-page.jsx';
import { createWords } from '../../../components/words.js';
import { csvText } from '../../../lib/base/csv.js';
import type { SpecialtyId } from '../../../lib/model/episode.js';
import { identifiersIn } from '../../../lib/model/identifier.js';
import { packHtml } from '../../../entrypoints/dashboard/pack-html.js';
import { longestPack, packOf } from '../../harness/packs.js';

const words = createWords(document.documentElement.lang === 'cy' ? 'cy' : 'en-GB');
const names = [['neurology', 'Neurology', 'Niwroleg'], ['rheumatology', 'Rheumatology', 'Rhiwmatoleg'], ['cataract', 'Cataract surgery', 'Llawdriniaeth cataractau'], ['longest', 'Trauma and orthopaedic surgery', 'Llawfeddygaeth trawma ac orthopedig']] as const;
const app = document.getElementById('app');
if (app) {
  render(
    <main class="main packs">
      <PacksPage specialties={names.map(([id, en, cy]) => ({ id: id as SpecialtyId, name: { en, cy } }))} packOf={(specialty, period) => (specialty === 'longest' ? longestPack() : packOf(specialty, period))} canSince={(id) => id !== 'cataract'} told={null} words={words}
        onLeave={(way, pack, texts) => {
          const lines = leadPageLines(pack, texts, words);
          Object.assign(window, { left: { csv: csvText(lines), stopped: identifiersIn(fieldsOf(lines)).length, html: way === 'html' ? packHtml(texts, [...document.querySelectorAll('.a4')], (window as unknown as { readonly leadStyle: string }).leadStyle) : null } });
        }} />
    </main>, app);
}
