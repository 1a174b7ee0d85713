import type { ComponentChildren, JSX } from 'preact';
import type { Paper, PaperBlock } from '../../lib/model/paper.js';

/** A paper as it is seen before it leaves. A chart is drawn by the page that has it. */
export function PaperView({ paper: { title, blocks, locale }, chart }: { readonly paper: Paper; readonly chart?: (block: Extract<PaperBlock, { readonly kind: 'chart' }>) => ComponentChildren }): JSX.Element {
  return (
    <article class="paper" lang={locale}>
      <h2>{title}</h2>
      {blocks.map((block, at) => {
        switch (block.kind) {
          case 'heading': return <h3 key={at}>{block.text}</h3>;
          case 'text': return <p key={at}>{block.text}</p>;
          case 'list': return <ul key={at}>{block.items.map((item) => <li key={item}>{item}</li>)}</ul>;
          case 'field': return <p key={at} class="field">{block.label}:</p>;
          case 'chart': return <figure key={at}>{chart?.(block)}<figcaption class="small"><b>{block.title}</b> {block.alternative}</figcaption></figure>;
          case 'table': return (
            <div key={at} class="twin wide" tabIndex={0} role="region" aria-label={`${title}: ${block.caption}`}>
              <table>
                <caption>{block.caption}</caption>
                <thead><tr>{block.columns.map(({ text, right }) => <th key={text} scope="col" class={right ? 'r' : ''}>{text}</th>)}</tr></thead>
                <tbody>{block.rows.map((row, place) => <tr key={place}>{row.map((cell, column) => (column === 0 ? <th key={column} scope="row">{cell ?? '–'}</th> : <td key={column} class={block.columns[column]?.right ? 'r' : ''}>{cell ?? '–'}</td>))}</tr>)}</tbody>
              </table>
            </div>
          );
        }
      })}
    </article>
  );
}
