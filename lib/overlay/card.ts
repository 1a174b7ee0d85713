import { inLocale, labelIn } from '../model/language.js';
import { writtenCode } from '../model/code.js';
import type { EvidenceMark } from '../model/diagnostic.js';
import type { CardWords, RuleCard } from '../model/review.js';
import type { Verdict } from '../model/rulebook.js';
import type { Surface } from './surface.js';

/** The card about one rule on the surface. It holds guidance only: no button, no patient's words, nothing that writes. */
export interface CardHost {
  /** Shows the card of a rule below a place; `words` is the place as the page shows it. */
  readonly show: (card: RuleCard, edition: string, words: string, place: DOMRect, labels: CardWords, spoken: boolean) => void;
  /** Shows which codes the words at a place prove. */
  readonly showCodes: (codes: EvidenceMark['codes'], words: string, place: DOMRect, labels: CardWords, spoken: boolean) => void;
  /** Says of a side that another place contradicts it. */
  readonly showConflict: (words: string, place: DOMRect, labels: CardWords, spoken: boolean) => void;
  readonly hide: () => void;
  readonly isOpen: () => boolean;
}

const shapes: Readonly<Record<Verdict, string>> = {
  use: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM5 8.2l2.2 2.2L11.2 6',
  caution: 'M8 2 15 14H1z',
  avoid: 'M5.2 1.2h5.6l4 4v5.6l-4 4H5.2l-4-4V5.2z',
};

const diamond = 'M8 .6 15.4 8 8 15.4 .6 8z';

/** Style of the card on the surface. */
export const cardLook = `
section{position:fixed;z-index:2147483647;box-sizing:border-box;max-width:min(320px,calc(100vw - 16px));padding:10px 12px;border-radius:6px;font:400 13px/1.45 "Segoe UI Variable Text","Segoe UI",system-ui,"Noto Sans",sans-serif;background:light-dark(#fff,#22262b);color:light-dark(#15181c,#e8eaed);box-shadow:0 0 0 1px light-dark(#0000001a,#ffffff1f),0 6px 20px light-dark(#0f172a24,#00000080)}
header{display:flex;gap:8px;align-items:baseline}header b{font-weight:600;flex:1;overflow-wrap:anywhere}
svg{width:14px;height:14px;flex:none;transform:translateY(2px)}
.avoid{color:light-dark(#8f0058,#ff7ca8)}.caution{color:light-dark(#7d4900,#fbd083)}.use{color:light-dark(#00452d,#7af6e0)}.code{color:light-dark(#1450a8,#8ebcff)}
p,ul{margin:4px 0 0;padding:0;list-style:none}li{font-weight:600}
.label{color:light-dark(#454c55,#b6bcc4);font-size:12px;margin-top:7px}
footer{display:flex;flex-wrap:wrap;gap:2px 10px;justify-content:space-between;margin-top:9px;padding-top:7px;border-top:1px solid light-dark(#e1e4e8,#31363d);font-size:12px;color:light-dark(#454c55,#b6bcc4)}
kbd{font:600 11px/1 inherit;border:1px solid light-dark(#7d858f,#79828d);border-radius:3px;padding:1px 4px}
@media (forced-colors:active){section{border:1px solid CanvasText}}`;

/** Makes the card of one frame on its surface. */
export function createCardHost(page: Document, surface: Surface): CardHost {
  let shown: HTMLElement | null = null;
  const element = (tag: string, text: string | null, className = ''): HTMLElement => {
    const made = page.createElement(tag);
    if (text !== null) made.textContent = text;
    if (className !== '') made.className = className;
    return made;
  };
  const hide = (): void => { if (shown) surface.drop(shown); shown = null; };
  const shapeOf = (outline: string, className: string, filled: boolean): SVGSVGElement => {
    const shape = page.createElementNS('http://www.w3.org/2000/svg', 'svg');
    shape.setAttribute('viewBox', '0 0 16 16');
    shape.setAttribute('aria-hidden', 'true');
    shape.setAttribute('class', className);
    const path = page.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', outline);
    path.setAttribute('fill', filled ? 'currentColor' : 'none');
    path.setAttribute('stroke', 'currentColor');
    path.setAttribute('stroke-width', '1.5');
    shape.append(path);
    return shape;
  };
  const begin = (labels: CardWords, spoken: boolean): HTMLElement => {
    hide();
    const section = element('section', null);
    section.setAttribute('role', spoken ? 'status' : 'note');
    section.lang = labels.locale;
    return section;
  };
  const actOf = (labels: CardWords): HTMLElement => { const act = element('span', `${labels.actInPanel} `); if (labels.panelKey !== '') act.append(element('kbd', labels.panelKey)); return act; };
  const finish = (section: HTMLElement, place: DOMRect): void => {
    shown = section;
    surface.put(section);
    const view = page.defaultView as Window;
    const box = section.getBoundingClientRect();
    const below = place.bottom + 6 + box.height <= view.innerHeight;
    section.style.left = `${Math.max(8, Math.min(place.left, view.innerWidth - box.width - 8))}px`;
    section.style.top = `${below ? place.bottom + 6 : Math.max(8, place.top - 6 - box.height)}px`;
  };
  return {
    show(card, edition, words, place, labels, spoken) {
      const section = begin(labels, spoken);
      const text = inLocale(card.text, labels.locale);
      const header = element('header', null);
      header.append(shapeOf(shapes[card.verdict], card.verdict, card.verdict === 'avoid'), element('b', words), element('span', labels[card.verdict], card.verdict));
      section.append(header, element('p', text.why));
      if (text.instead.length > 0) {
        const list = element('ul', null);
        list.append(...text.instead.map((wording) => element('li', wording)));
        section.append(element('p', labels.instead, 'label'), list);
      }
      const footer = element('footer', null);
      const draft = labels.locale === 'cy' && card.translation === 'draft' ? ` · ${labels.draft}` : '';
      footer.append(element('span', `${card.rule} · ${edition} · ${inLocale(card.source, labels.locale)}${draft}`), actOf(labels));
      section.append(footer);
      finish(section, place);
    },
    showCodes(codes, words, place, labels, spoken) {
      const section = begin(labels, spoken);
      const header = element('header', null);
      header.append(element('b', words), element('span', labels.onOffer, 'code'));
      const list = element('ul', null);
      list.append(...codes.map(({ code, label }) => { const { words: called, language } = labelIn(label, labels.locale); const row = element('li', `${writtenCode(code)} ${called}`); row.lang = language; return row; }));
      const footer = element('footer', null);
      footer.append(actOf(labels));
      section.append(header, list, footer);
      finish(section, place);
    },
    showConflict(words, place, labels, spoken) {
      const section = begin(labels, spoken);
      const header = element('header', null);
      header.append(shapeOf(diamond, 'avoid', true), element('b', words), element('span', labels.conflict, 'avoid'));
      const footer = element('footer', null);
      footer.append(element('span', 'PCSZ2'), actOf(labels));
      section.append(header, element('p', labels.conflictWhy), footer);
      finish(section, place);
    },
    hide,
    isOpen: () => shown !== null,
  };
}
