import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { auditCauses, differenceKinds, type AuditCause, type AuditedEpisode, type AuditLine, type AuditState, type AuditTable, type AuditView, type LineKind, type PlainCoding } from '../../lib/model/audit.js';
import { writtenCode, type ClinicalCode } from '../../lib/model/code.js';
import { inLocale } from '../../lib/model/language.js';
import type { Words } from '../words.js';

export interface AuditEpisodeProps {
  readonly episode: AuditedEpisode;
  readonly table: AuditTable;
  /** Codes that this person gave the same record in the panel, or null. */
  readonly panelCodes: PlainCoding | null;
  readonly words: Words;
  /** What was typed as codes, or null where a word of it is none. */
  readonly typed: (text: string) => readonly ClinicalCode[] | null;
  readonly join: (lines: readonly AuditLine[], omitted: number, extra: number) => readonly AuditLine[];
  readonly part: (lines: readonly AuditLine[], at: number) => readonly AuditLine[];
  readonly onCode: (view: AuditView, coding: PlainCoding) => void;
  readonly onJudge: (view: AuditView, lines: readonly AuditLine[], state: AuditState) => void;
  readonly onFaults: (lines: readonly AuditLine[]) => void;
}

const shown = (code: ClinicalCode | null): string => (code === null ? '–' : writtenCode(code));

/** The episode that an auditor has in hand: codes first, blind; then each code beside the first coder's, with its verdict and its cause. */
export function AuditEpisode(props: AuditEpisodeProps): JSX.Element {
  const { episode, words: { say } } = props;
  const view: AuditView = episode.state === 'second-view' || episode.views[2].at === 'coded' ? 2 : 1;
  const work = episode.views[view];
  const title = useRef<HTMLHeadingElement>(null);
  const at = `${episode.episode} ${view} ${work.at}`;
  const before = useRef(at);
  // Whoever has just coded is led to what it is compared with.
  useEffect(() => { if (before.current !== at && work.at === 'coded') title.current?.focus(); before.current = at; }, [at, work.at]);
  return (
    <section class="audit-episode" aria-label={say('audit.episode')}>
      <h2 ref={title} tabIndex={-1}>{say(work.at === 'to-code' ? 'audit.toCode' : 'audit.compared')}{view === 2 ? ` · ${say('audit.secondView')}` : ''}</h2>
      {work.at === 'to-code' ? <CodeForm key={at} {...props} view={view} /> : <Compared key={`${at} ${episode.state}`} {...props} view={view} lines={work.lines} />}
    </section>
  );
}

function CodeForm({ episode, panelCodes, typed, words: { say }, view, onCode }: AuditEpisodeProps & { readonly view: AuditView }): JSX.Element {
  const [diagnoses, setDiagnoses] = useState('');
  const [procedures, setProcedures] = useState('');
  const [tried, setTried] = useState(false);
  const [found, done] = [typed(diagnoses), typed(procedures)];
  const problem = found === null ? 'diagnoses' as const : done === null ? 'procedures' as const : found.length + done.length === 0 ? 'none' as const : null;
  const field = (name: 'diagnoses' | 'procedures', value: string, set: (value: string) => void): JSX.Element => (
    <label><span>{say(`audit.${name}`)}</span><input class="find" value={value} spellcheck={false} autocomplete="off" aria-invalid={tried && problem === name} aria-describedby={tried && problem === name ? 'audit-problem' : undefined} onInput={(event) => set(event.currentTarget.value)} /></label>
  );
  return (
    <form onSubmit={(event) => { event.preventDefault(); setTried(true); if (problem === null && found && done) onCode(view, { diagnoses: found, procedures: done }); }}>
      <p>{say(episode.row > 0 ? 'audit.find.row' : 'audit.find.log', { row: episode.row })} {say('audit.blind')}</p>
      {episode.depth === 'primary' ? <p>{say('audit.primaryOnly')}</p> : null}
      <div class="bulk">{field('diagnoses', diagnoses, setDiagnoses)}{field('procedures', procedures, setProcedures)}</div>
      {tried && problem !== null ? <p id="audit-problem" role="alert">{say(`audit.problem.${problem}`)}</p> : null}
      <p class="acts">
        <button type="submit" class="btn">{say('audit.compare')}</button>
        {panelCodes ? <button type="button" class="btn" onClick={() => { setDiagnoses(panelCodes.diagnoses.map(writtenCode).join(' ')); setProcedures(panelCodes.procedures.map(writtenCode).join(' ')); }}>{say('audit.fromPanel')}</button> : null}
      </p>
    </form>
  );
}

function Compared({ episode, table, words, view, lines: given, join, part, onJudge, onFaults }: AuditEpisodeProps & { readonly view: AuditView; readonly lines: readonly AuditLine[] }): JSX.Element {
  const { say, locale } = words;
  const [lines, setLines] = useState(given);
  const put = (at: number, change: Partial<AuditLine>): void => setLines(lines.map((one, place) => (place === at ? { ...one, ...change } : one)));
  const isSpare = ({ audited }: AuditLine): boolean => audited === null;
  const documentation = lines.filter(({ kind, cause }) => kind !== 'right' && cause === 'documentation');
  const kindsOf = ({ first, audited }: AuditLine): readonly LineKind[] => [...(first === audited ? ['right' as const] : []), ...differenceKinds.filter((kind) => (kind === 'omitted' ? first === null : kind === 'not-relevant' ? audited === null : kind === 'third' || kind === 'fourth' ? first !== null && audited !== null : true))];
  const next: readonly AuditState[] = episode.state === 'judged' ? ['rebutted', 'agreed'] : episode.state === 'rebutted' ? ['second-view', 'agreed'] : view === 2 ? ['agreed'] : [];
  return (
    <>
      <div class="twin wide" tabIndex={0} role="region" aria-label={say('audit.compared')}>
        <table>
          <caption class="vh">{say('audit.compared')}</caption>
          <thead><tr>{(['category', 'first', 'audited', 'verdict', 'cause', 'reason', 'act'] as const).map((column) => <th key={column} scope="col">{say(`audit.column.${column}`)}</th>)}</tr></thead>
          <tbody>{lines.map((line, at) => {
            const named = `${say(`audit.category.${line.category}`)} ${shown(line.audited ?? line.first)}`;
            const spare = lines.findIndex((one) => one.category === line.category && isSpare(one));
            return (
              <tr key={at} class={line.kind === 'right' ? '' : 'differs'}>
                <th scope="row">{say(`audit.category.${line.category}`)}</th>
                <td><code>{shown(line.first)}</code></td>
                <td><code>{shown(line.audited)}</code></td>
                <td><select class="find" aria-label={say('audit.choose.verdict', { code: named })} value={line.kind} onChange={(event) => { const kind = kindsOf(line).find((one) => one === event.currentTarget.value); if (kind) put(at, { kind }); }}>{kindsOf(line).map((kind) => <option key={kind} value={kind}>{say(`audit.kind.${kind}`)}</option>)}</select></td>
                <td>{line.kind === 'right' ? null : <select class="find" aria-label={say('audit.choose.cause', { code: named })} value={line.cause} onChange={(event) => { const cause = auditCauses.find((one) => one === event.currentTarget.value); if (cause) put(at, { cause, reason: '' }); }}>{auditCauses.map((cause: AuditCause) => <option key={cause} value={cause}>{say(`audit.cause.${cause}`)}</option>)}</select>}</td>
                <td>{line.kind === 'right' || line.cause === 'coder' ? null : <select class="find" aria-label={say('audit.choose.reason', { code: named })} value={line.reason} onChange={(event) => put(at, { reason: event.currentTarget.value })}><option value="">{say('audit.reason.none')}</option>{table.reasons.filter(({ cause }) => cause === line.cause).map(({ id, name }) => <option key={id} value={id}>{id} · {inLocale(name, locale)}</option>)}</select>}</td>
                <td>{line.first === null && spare >= 0 && line.category.startsWith('secondary') ? <button type="button" class="btn" aria-label={say('audit.join.long', { code: named, other: shown(lines[spare]?.first ?? null) })} onClick={() => setLines(join(lines, at, spare))}>{say('audit.join')}</button> : null}
                  {line.first !== null && line.audited !== null && line.kind !== 'right' && line.category.startsWith('secondary') ? <button type="button" class="btn" aria-label={say('audit.part.long', { code: named })} onClick={() => setLines(part(lines, at))}>{say('audit.part')}</button> : null}</td>
              </tr>
            );
          })}</tbody>
        </table>
      </div>
      <p>{say('audit.stateIs', { state: say(`audit.state.${episode.state}`) })}</p>
      <p class="acts">
        <button type="button" class="btn" onClick={() => onJudge(view, lines, view === 2 ? 'agreed' : 'judged')}>{say(view === 2 ? 'audit.do.agreed' : 'audit.do.judged')}</button>
        {next.filter((state) => !(view === 2 && state === 'agreed')).map((state) => <button key={state} type="button" class="btn" onClick={() => onJudge(view, lines, state)}>{say(`audit.do.${state}`)}</button>)}
        {documentation.length > 0 && episode.lines !== null ? <button type="button" class="btn" onClick={() => onFaults(documentation)}>{say('audit.do.faults', { n: documentation.length })}</button> : null}
      </p>
    </>
  );
}
