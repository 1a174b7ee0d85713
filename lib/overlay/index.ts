export { cardLook, createCardHost, type CardHost } from './card.js';
export { fieldLook } from './field-marks.js';
export { marksAround, marksAt, watchClicks, watchPointer, type Hit } from './hover.js';
export { createMarkLabels, labelLook, marksInSight, type LabelledMark, type MarkLabels } from './mark-labels.js';
export { highlightCss, markName } from './mark-rules.js';
export { createPainter, isOnDark, type FieldText, type HeldPlace, type PaintableText, type PaintedMark, type Painter } from './painter.js';
export { createSurface, type Surface } from './surface.js';
export { pointingLook, startPointing, type Pointing } from './pointing.js';
