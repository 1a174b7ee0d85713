import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { EventId } from '../../lib/model/decision.js';
import { writtenCode } from '../../lib/model/code.js';
import { partsOfCodeName, type CodeName, type ContextFlag, type Phrase, type PhraseVerdict, type WordsForApproval } from '../../lib/model/learning.js';
import type { BlindFigures } from '../../lib/model/blind.js';
import type { OverrideChart as Chart, Stage } from '../../lib/model/learning-stage.js';
import type { WordKey, Words, WordValues } from '../words.js';
import { OverrideChart } from './override-chart.jsx';
import { WordProposals } from './word-proposals.jsx';

/** Words that were given a code, with their record. */
export interface LearnedWords {
  readonly phrase: Phrase;
  readonly flag: ContextFlag;
  readonly name: CodeName;
  readonly accepted: number;
  readonly seen: number;
  readonly coders: number;
  /** Does the record pass the bar of one-key? */
  readonly passes: boolean;
  /** It did, until an edition of the codes or an entry of the sheet touched it. */
  readonly touched: boolean;
}

/** One specialty: what was learned for it and how far it is used. */
export interface SpecialtyLearning {
  readonly id: string;
  readonly name: string;
  readonly stage: Stage;
  /** Finished episodes. */
  readonly episodes: number;
  readonly chart: Chart | null;
  /** What the record said before each decision, and what the coder decided; the expected calibration error 0–1. Null where nothing could be said yet. */
  readonly reliability: { readonly rows: readonly { readonly from: number; readonly to: number; readonly said: number; readonly right: number; readonly all: number }[]; readonly error: number } | null;
  /** What the blind sample showed; null where no episode of it was coded yet. */
  readonly blind: BlindFigures | null;
  readonly words: readonly LearnedWords[];
}

/** A sentence about what was just done, or could not be. */
export interface Told { readonly key: WordKey; readonly values?: WordValues }

export interface ModelPageProps {
  readonly specialties: readonly SpecialtyLearning[];
  readonly forgotten: readonly { readonly phrase: string; readonly name: CodeName; readonly event: EventId }[];
  /** Name of this device, which is made of its key. */
  readonly device: string;
  readonly packs: readonly { readonly device: string; readonly words: number }[];
  /** How many coders the board's policy names, whose packs alone are taken; null where the person decides. */
  readonly named: number | null;
  /** Coders of a pack that waits for a person's trust; null where none waits. */
  readonly waiting: readonly string[] | null;
  /** Episodes that the imported model was trained on, or null. */
  readonly model: number | null;
  /** Episodes of the model that was in use before, or null. */
  readonly modelBefore: number | null;
  readonly told: Told | null;
  /** Words that wait for a senior coder's word; null until the background has answered. */
  readonly proposals: WordsForApproval | null;
  readonly singleKeys: boolean;
  readonly words: Words;
  readonly onForget: (phrase: Phrase, name: CodeName) => void;
  /** Takes back a decision of this page. */
  readonly onTakeBack: (event: EventId) => Promise<boolean>;
  readonly onJudge: (phrase: Phrase, name: CodeName, verdict: PhraseVerdict) => Promise<boolean>;
  readonly onRebase: (specialty: string) => void;
  readonly onExport: () => void;
  readonly onPack: (file: File) => void;
  readonly onTrust: (trust: boolean) => void;
  readonly onRemovePack: (device: string) => void;
  readonly onModel: (file: File) => void;
  readonly onRemoveModel: () => void;
  readonly onBringBack: () => void;
}

/** Most phrases that are listed for a specialty. */
const listed = 40;

/** What Nodi has learned, per specialty, in plain words, and how to take it back, share it and bring in more. */
export function ModelPage(props: ModelPageProps): JSX.Element {
  const { specialties, forgotten, device, packs, named, waiting, model, modelBefore, told, words } = props;
  const { say } = words;
  const count = specialties.reduce((sum, one) => sum + one.words.length, 0);
  return (
    <>
      <h1>{say('model.title', { count })}</h1>
      <p class="lede">{say('model.lede')}</p>
      <p role="status" class={told ? 'warning' : 'vh'}>{told ? say(told.key, told.values) : ''}</p>
      {specialties.length === 0 ? <p>{say('model.empty')}</p> : specialties.map((one) => <OneSpecialty key={one.id} one={one} {...props} />)}
      {props.proposals ? <WordProposals waiting={props.proposals} device={device} singleKeys={props.singleKeys} words={words} onJudge={props.onJudge} onTakeBack={props.onTakeBack} /> : null}
      {forgotten.length === 0 ? null : (
        <section>
          <h2>{say('model.forgotten')}</h2>
          <ul class="plain">{forgotten.map(({ phrase, name, event }) => <li key={event}>“{phrase}” · {codeOf(name)} <button type="button" class="choice" onClick={() => void props.onTakeBack(event)}>{say('model.learnAgain')}<span class="vh"> “{phrase}” {codeOf(name)}</span></button></li>)}</ul>
        </section>
      )}
      <section>
        <h2>{say('model.packs')}</h2>
        <p class="lede">{say('model.packsLede', { device })}</p>
        {named === null ? null : <p>{say('model.named', { count: named })}</p>}
        {packs.length === 0 ? <p>{say('model.noPacks')}</p> : <ul class="plain">{packs.map((pack) => <li key={pack.device}>{say('model.pack', { device: pack.device, count: pack.words })} <button type="button" class="choice" onClick={() => props.onRemovePack(pack.device)}>{say('model.remove')}<span class="vh"> {pack.device}</span></button></li>)}</ul>}
        {waiting ? (
          <div class="warning" role="alert">
            <p>{say('model.trust', { count: waiting.length, devices: waiting.join(', ') })}</p>
            <p class="acts"><button type="button" class="btn" onClick={() => props.onTrust(true)}>{say('model.trustYes')}</button> <button type="button" class="btn" onClick={() => props.onTrust(false)}>{say('model.trustNo')}</button></p>
          </div>
        ) : null}
        <p class="acts"><button type="button" class="btn" onClick={props.onExport}>{say('model.export')}</button> <ChooseFile label={say('model.import')} onFile={props.onPack} /></p>
      </section>
      <section>
        <h2>{say('model.trained')}</h2>
        <p class="lede">{model === null ? say('model.noModel') : say('model.modelOf', { count: model })}</p>
        <p class="acts"><ChooseFile label={say('model.importModel')} onFile={props.onModel} />{model === null ? null : <> <button type="button" class="btn" onClick={props.onRemoveModel}>{say('model.removeModel')}</button></>}{modelBefore === null ? null : <> <button type="button" class="btn" onClick={props.onBringBack}>{say('model.bringBack', { count: modelBefore })}</button></>}</p>
      </section>
    </>
  );
}

const codeOf = (name: CodeName): string => writtenCode(partsOfCodeName(name).code);

function OneSpecialty({ one, words, onForget, onRebase }: Pick<ModelPageProps, 'words' | 'onForget' | 'onRebase'> & { readonly one: SpecialtyLearning }): JSX.Element {
  const { say } = words;
  const { name, stage, chart, reliability } = one;
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const captions = { chart: say('model.overrides', { specialty: name }), reliability: say('model.reliability', { specialty: name }), words: say('model.words', { specialty: name }), blind: say('model.blind', { specialty: name }) };
  return (
    <section>
      <h2>{name}: {say(`model.stage.${stage.kind}`)}</h2>
      <p>{say('model.episodes', { count: one.episodes })} {stageWords(stage, words)}</p>
      {chart && chart.points.length > 0 ? (
        <>
          <h3>{captions.chart}</h3>
          <p class="small">{say(chart.trial ? 'model.centreTrial' : 'model.centre', { share: percent(chart.centre) })}</p>
          <OverrideChart chart={chart} />
          <Twin caption={captions.chart}>
            <thead><tr><th scope="col">{say('model.column.point')}</th><th scope="col" class="r">{say('model.column.offered')}</th><th scope="col" class="r">{say('model.column.overridden')}</th><th scope="col" class="r">{say('model.column.share')}</th><th scope="col" class="r">{say('model.column.limits')}</th><th scope="col">{say('model.column.signal')}</th></tr></thead>
            <tbody>{chart.points.map((point, at) => <tr key={at}><th scope="row">{at + 1}</th><td class="r">{point.offered}</td><td class="r">{point.overridden}</td><td class="r">{percent(point.share)}</td><td class="r">{percent(point.lower)} – {percent(point.upper)}</td><td>{point.signal === null ? say('model.usual') : say(`model.signal.${point.signal}`)}</td></tr>)}</tbody>
          </Twin>
          {stage.kind === 'assist' && stage.relocked !== null ? <p class="acts"><button type="button" class="btn" onClick={() => onRebase(one.id)}>{say('model.rebase')}<span class="vh"> {name}</span></button></p> : null}
        </>
      ) : null}
      {reliability ? (
        <>
          <h3>{captions.reliability}</h3>
          <p class="small">{say('model.error', { points: (100 * reliability.error).toFixed(1) })}</p>
          <Twin caption={captions.reliability}>
            <thead><tr><th scope="col">{say('model.column.said')}</th><th scope="col" class="r">{say('model.column.decisions')}</th><th scope="col" class="r">{say('model.column.right')}</th></tr></thead>
            <tbody>{reliability.rows.filter(({ all }) => all > 0).map((row) => <tr key={row.from}><th scope="row">{percent(row.from)} – {percent(row.to)}</th><td class="r">{row.all}</td><td class="r">{row.right} ({percent(row.right / row.all)})</td></tr>)}</tbody>
          </Twin>
        </>
      ) : null}
      {one.blind ? <BlindSample blind={one.blind} caption={captions.blind} words={words} /> : stage.kind === 'shadow' ? null : <p class="small">{say('model.blind.none')}</p>}
      {one.words.length === 0 ? null : (
        <>
          <h3>{captions.words}</h3>
          {one.words.length > listed ? <p class="small">{say('model.listed', { count: listed, all: one.words.length })}</p> : null}
          <Twin caption={captions.words}>
            <thead><tr><th scope="col">{say('model.column.words')}</th><th scope="col">{say('model.column.code')}</th><th scope="col">{say('model.column.record')}</th><th scope="col">{say('model.column.oneKey')}</th><th scope="col">{say('model.column.forget')}</th></tr></thead>
            <tbody>{one.words.slice(0, listed).map((each) => (
              <tr key={`${each.flag} ${each.phrase} ${each.name}`}>
                <th scope="row" lang="en">“{each.phrase}”{each.flag === 'plain' ? '' : <span class="small" lang={words.locale}> {say(`model.flag.${each.flag}`)}</span>}</th><td>{codeOf(each.name)}</td>
                <td>{say('record.accepted', { accepted: each.accepted, seen: each.seen })} · {say('record.coders', { count: each.coders })}</td>
                <td>{say(each.passes ? stage.kind === 'one-key' ? 'model.oneKey.yes' : 'model.oneKey.held' : each.touched ? 'model.oneKey.touched' : 'model.oneKey.no')}</td>
                <td><button type="button" class="choice" onClick={() => onForget(each.phrase, each.name)}>{say('model.forget')}<span class="vh"> “{each.phrase}” {codeOf(each.name)}</span></button></td>
              </tr>
            ))}</tbody>
          </Twin>
        </>
      )}
    </section>
  );
}

/** Each figure with its denominator. */
function BlindSample({ blind, caption, words: { say } }: { readonly blind: BlindFigures; readonly caption: string; readonly words: Words }): JSX.Element {
  const rows: readonly (readonly [WordKey, number, number])[] = [
    ['model.blind.offered', blind.same, blind.offered], ['model.blind.found', blind.same, blind.given], ['model.blind.main', blind.mainsSame, blind.mains], ['model.blind.quick', blind.quickSame, blind.quick],
  ];
  return (
    <>
      <h3>{caption}</h3>
      <p class="small">{say('model.blind.lede', { count: blind.episodes })}</p>
      <Twin caption={caption}>
        <thead><tr><th scope="col">{say('model.blind.column.what')}</th><th scope="col" class="r">{say('model.column.right')}</th><th scope="col" class="r">{say('model.blind.column.of')}</th><th scope="col" class="r">{say('model.column.share')}</th></tr></thead>
        <tbody>{rows.map(([key, right, all]) => <tr key={key}><th scope="row">{say(key)}</th><td class="r">{right}</td><td class="r">{all}</td><td class="r">{all === 0 ? '–' : `${Math.round((100 * right) / all)} %`}</td></tr>)}</tbody>
      </Twin>
    </>
  );
}

function stageWords(stage: Stage, { say }: Words): string {
  switch (stage.kind) {
    case 'shadow': return say('model.why.shadow', { count: stage.needed });
    case 'assist': return stage.relocked === null ? say('model.why.assist') : say(`model.why.${stage.relocked}`);
    case 'one-key': return say('model.why.one-key', { count: stage.cells });
  }
}

function Twin({ caption, children }: { readonly caption: string; readonly children: JSX.Element | JSX.Element[] }): JSX.Element {
  return <div class="twin" role="region" aria-label={caption} tabIndex={0}><table><caption class="vh">{caption}</caption>{children}</table></div>;
}

/** A button that asks for a file; the browser's own control is hidden behind it. */
function ChooseFile({ label, onFile }: { readonly label: string; readonly onFile: (file: File) => void }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  return <><button type="button" class="btn" onClick={() => input.current?.click()}>{label}</button><input ref={input} type="file" accept=".json,application/json" hidden aria-label={label} onChange={() => { const file = input.current?.files?.[0]; if (file) onFile(file); if (input.current) input.current.value = ''; }} /></>;
}
