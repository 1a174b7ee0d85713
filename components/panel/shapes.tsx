import type { ComponentChildren, JSX } from 'preact';
import type { Severity } from '../../lib/model/rulebook.js';

interface Drawing { readonly children: ComponentChildren; readonly class?: string }

function Shape({ children, class: name }: Drawing): JSX.Element {
  return <svg class={`ic ${name ?? ''}`} viewBox="0 0 16 16" aria-hidden="true">{children}</svg>;
}

/** The silhouette of a verdict or of a contradiction: diamond, octagon, triangle, ring with a tick. Colour never speaks alone. */
export function VerdictShape({ verdict }: { readonly verdict: Severity }): JSX.Element {
  switch (verdict) {
    case 'conflict': return <Shape class="v-avoid"><path d="M8 .6 15.4 8 8 15.4.6 8z" fill="currentColor" /><path d="M5.4 6.6h5.2M5.4 9.4h5.2" stroke="var(--paper)" stroke-width="1.5" /></Shape>;
    case 'avoid': return <Shape class="v-avoid"><path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="currentColor" /><path d="M4.6 8h6.8" stroke="var(--paper)" stroke-width="2" /></Shape>;
    case 'caution': return <Shape class="v-caution"><path d="M8 1.8 15 14.2H1z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" /><path d="M8 6v4M8 11.4v1.4" stroke="currentColor" stroke-width="1.6" /></Shape>;
    case 'use': return <Shape class="v-use"><circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" stroke-width="1.4" /><path d="m5 8.2 2.2 2.3L11.2 6" fill="none" stroke="currentColor" stroke-width="1.5" /></Shape>;
  }
}

export type GlyphName = 'person' | 'people' | 'lock' | 'unreadable' | 'tick' | 'clock' | 'important' | 'key' | 'chevron' | 'folded';

/** The few other drawings of the panel; each stands beside its words. */
export function Glyph({ name, large = false }: { readonly name: GlyphName; readonly large?: boolean }): JSX.Element {
  const size = large ? 'g' : '';
  const line = { fill: 'none', stroke: 'currentColor', 'stroke-width': '1.4' };
  switch (name) {
    case 'person': return <Shape class={size}><circle cx="8" cy="5" r="3" {...line} /><path d="M2 14.6c.4-3.4 2.8-5 6-5s5.6 1.6 6 5" {...line} /></Shape>;
    case 'people': return <Shape class={size}><circle cx="5.5" cy="5.4" r="2.6" {...line} /><path d="M.8 14.2c.3-3 2.200-4.400 4.700-4.400s4.400 1.400 4.700 4.400" {...line} /><circle cx="11.400" cy="4.800" r="2.200" {...line} /><path d="M11.800 9c2.100.1 3.300 1.500 3.500 4" {...line} /></Shape>;
    case 'lock': return <Shape class={size}><path d="M3 7h10v7.3H3zM5 7V4.800a3 3 0 0 1 6 0V7" {...line} /></Shape>;
    case 'unreadable': return <Shape class={size}><path d="M3 1.500h6.500L13 5v9.500H3z" {...line} /><path d="M1.500 14.500 14.500 2" {...line} /></Shape>;
    case 'tick': return <Shape class={size}><path d="m2.500 8.500 3.700 3.800L13.500 4.200" {...line} /></Shape>;
    case 'clock': return <Shape class={size}><circle cx="8" cy="8" r="6.300" {...line} /><path d="M8 4.200V8l2.700 1.800" {...line} /></Shape>;
    case 'important': return <Shape class={size}><path d="M8 1.500v8M8 12v2.200" stroke="currentColor" stroke-width="2.200" /></Shape>;
    case 'key': return <Shape class={size}><circle cx="5" cy="8" r="3.200" {...line} /><path d="M8.200 8h6.300v2.800M11.500 8v2" {...line} /></Shape>;
    case 'chevron': return <Shape class="dimmer"><path d="m4 6 4 4 4-4" {...line} /></Shape>;
    case 'folded': return <Shape class="dimmer"><path d="m6 4 4 4-4 4" {...line} /></Shape>;
  }
}
