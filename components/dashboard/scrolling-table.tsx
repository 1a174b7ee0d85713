import type { ComponentChildren, JSX } from 'preact';

/** A table that scrolls by itself where it is wider than the page. */
export function Scrolling({ name, children }: { readonly name: string; readonly children: ComponentChildren }): JSX.Element {
  return <div class="twin wide" role="region" aria-label={name} tabIndex={0}><table>{children}</table></div>;
}
