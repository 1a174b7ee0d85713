export { createCardHost, type CardHost, type CardLabels } from './card.js';
export { measured, watchPointer } from './hover.js';
export { highlightCss, markName } from './mark-rules.js';
export { createPainter, isOnDark, type PaintableText, type PaintedMark, type Painter } from './painter.js';
