import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

interface TypedTextProps {
  /** What is kept. */
  readonly value: string;
  /** What the person typed, once they leave the field or press Enter in a field of one line. Where it is not taken, what is kept is shown again. */
  readonly onDone: (text: string) => void;
  /** Lines to show, for a text of several lines. */
  readonly rows?: number;
  readonly type?: 'text' | 'number' | 'date';
  readonly id?: string;
  readonly class?: string;
  readonly lang?: string | undefined;
  readonly disabled?: boolean;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly 'aria-label'?: string;
  readonly 'aria-invalid'?: boolean;
  readonly 'aria-describedby'?: string;
}

/**
 * A field that is taken when a person leaves it. What is being typed stands through every drawing of the page in between
 * (an entry was looked at, another tab logged): a field that is given its `value` at each drawing would lose it.
 */
export function TypedText({ value, onDone, rows, type = 'text', ...rest }: TypedTextProps): JSX.Element {
  const [typed, setTyped] = useState<string | null>(null);
  const done = (text: string): void => { setTyped(null); onDone(text); };
  const field = { ...rest, value: typed ?? value, onInput: (event: FieldEvent) => setTyped(event.currentTarget.value), onChange: (event: FieldEvent) => done(event.currentTarget.value), onBlur: () => setTyped(null) };
  if (rows !== undefined) return <textarea {...field} rows={rows} />;
  switch (type) {
    case 'text': return <input type="text" {...field} />;
    case 'number': return <input type="number" {...field} />;
    case 'date': return <input type="date" {...field} />;
  }
}

interface FieldEvent { readonly currentTarget: { readonly value: string } }
