export { createCardHost, type CardHost } from './card.js';
export { watchPointer } from './hover.js';
export { highlightCss, markName } from './mark-rules.js';
export { createPainter, isOnDark, measured, type PaintableText, type PaintedMark, type Painter } from './painter.js';
