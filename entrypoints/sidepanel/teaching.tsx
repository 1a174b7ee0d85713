import { useEffect, useState } from 'preact/hooks';
import { draftOf, isEnough, type Picked } from '../../components/picker/draft.js';
import { Picker, type PickerProps } from '../../components/picker/picker.jsx';
import type { Words } from '../../components/words.js';
import { ask, listen } from '../../lib/messaging/channel.js';
import type { AdapterDefinition, PickedPart, PickedPlace } from '../../lib/model/adapter.js';
import type { RecordView, TabView } from '../../lib/model/review.js';

interface TeachingProps {
  readonly tab: number;
  readonly site: string;
  readonly words: Words;
  readonly view: TabView;
  readonly record: RecordView | null;
  readonly known: readonly AdapterDefinition[];
  readonly onSave: (adapter: AdapterDefinition) => Promise<boolean>;
  /** Null when it was saved; else the place where an identifier of a patient stands. */
  readonly onExport: (adapter: AdapterDefinition) => string | null;
  readonly onClose: () => void;
}

/** Joins the picker to the page in front: what is pointed at comes in, the draft goes out and is read by at once. */
export function Teaching({ tab, site, words, view, record, known, onSave, onExport, onClose }: TeachingProps): preact.JSX.Element {
  const [name, setName] = useState('');
  const [picked, setPicked] = useState<Picked>({});
  const [given, setGiven] = useState<PickerProps['given']>({});
  const [pointing, setPointing] = useState<PickedPart | null>(null);
  const [aim, setAim] = useState<PickedPlace | null>(null);
  const [read, setRead] = useState<ReadonlySet<string>>(new Set());
  const [saved, setSaved] = useState<PickerProps['saved']>('no');
  const [stopped, setStopped] = useState<string | null>(null);
  const first = draftOf(site, name, 1, picked);
  const version = (known.find((one) => one.id === first.id)?.version ?? 0) + 1;
  const draft = { ...first, version };

  useEffect(() => {
    const life = new AbortController();
    listen({
      'frame.picked': ({ part, place, chosen }, { tab: from }) => {
        if (from !== tab) return null;
        setAim(place);
        if (!chosen) return null;
        setPointing(null);
        setGiven((before) => ({ ...before, [part]: place }));
        // A part that cannot be used is shown with the reason and not taken.
        if (place.fault === null || place.fault === 'unstable') {
          const many = part === 'notes' || part === 'exclude' || part === 'banner';
          setPicked((before) => ({ ...before, [part]: many && part !== 'banner' ? [...(before[part] ?? []), place.field] : [place.field] }));
          setRead(new Set());
          setSaved('no');
        }
        void ask('panel.pick', { tab, part: null, hint: '', draft: draftOf(site, '', 1, {}) });
        return null;
      },
    }, life.signal);
    return () => { life.abort(); void ask('panel.pick', { tab, part: null, hint: '', draft: draftOf(site, '', 1, {}) }); void ask('panel.try', { tab, draft: null }); };
  }, [tab]);

  // What was read when a part was chosen is that patient's: with another on screen it is gone, and while nobody is sure it is not shown.
  const subject = record?.subject.kind === 'known' ? record.subject.subject.fingerprint : null;
  const [last, setLast] = useState<string | null>(null);
  if (subject !== null && subject !== last) {
    setLast(subject);
    if (last !== null) { setGiven({}); setAim(null); }
  }
  const shape = JSON.stringify(picked);
  useEffect(() => { if (isEnough(picked)) void ask('panel.try', { tab, draft }); }, [shape]);
  useEffect(() => {
    if (isEnough(picked) && record?.subject.kind === 'known' && record.missing.length === 0 && record.documents.length > 0) {
      const { fingerprint } = record.subject.subject;
      setRead((before) => (before.has(fingerprint) ? before : new Set([...before, fingerprint])));
    }
  }, [record, shape]);

  return (
    <Picker words={words} name={name} picked={picked} given={view.kind === 'reading' ? {} : given} pointing={pointing} aim={aim} view={view} record={record} tested={read.size} draft={draft} saved={saved}
      onName={setName}
      onPoint={(part) => {
        setPointing(part);
        setAim(null);
        void ask('panel.pick', { tab, part, hint: part === null ? '' : words.say('picker.hint', { part: words.say(`part.${part}`) }), draft });
      }}
      onRemove={(part) => { setPicked((before) => ({ ...before, [part]: [] })); setGiven((before) => { const after = { ...before }; delete after[part]; return after; }); setRead(new Set()); }}
      onSave={() => void onSave(draft).then((good) => setSaved(good ? 'yes' : 'failed'))}
      onExport={() => setStopped(onExport(draft))} stopped={stopped}
      onClose={onClose} />
  );
}
