import type { JSX } from 'preact';
import { SendingSection } from '../../components/dashboard/sending-section.jsx';
import { formatDate, type Words } from '../../components/words.js';
import { ask } from '../../lib/messaging/channel.js';
import { dateOf } from '../../lib/model/month.js';
import type { Clock } from '../../lib/model/ports.js';
import type { SendingView } from '../../lib/model/sending.js';
import type { Settings } from '../../lib/model/settings.js';

export interface SendingRoom {
  /** Asks the background how it stands, and draws. */
  readonly read: () => Promise<void>;
  /** Null where policy names no server. */
  readonly section: (words: Words) => JSX.Element | null;
}

/** Hours to 24 in both languages: a browser without Welsh would write them as Americans do. */
const timeOfDay = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** The part of the data page about the board's FHIR server, in packages that were built for one. The credential passes through and stays in no variable of this page. */
export function createSendingRoom({ clock, change, draw }: { readonly clock: Clock; readonly change: (part: Partial<Settings>) => Promise<boolean>; readonly draw: () => void }): SendingRoom {
  let view: SendingView | null = null;
  let isTokenWrong = false;
  const read = async (): Promise<void> => {
    const answer = await ask('panel.sending', null);
    if (answer.ok) { view = answer.value; draw(); }
  };
  const after = (work: Promise<unknown>): void => { void work.then(read); };
  return {
    read,
    section: (words) => view && (
      <SendingSection view={view} words={words} isTokenWrong={isTokenWrong}
        timeOf={(moment) => `${formatDate(dateOf(moment, clock.offset()), words.locale)}, ${timeOfDay.format(moment)}`}
        onAgree={() => { if (view) after(change({ fhirServerSeen: new URL(view.address).origin })); }}
        onPause={(sendingPaused) => after(change({ sendingPaused }))}
        onSend={(again) => after(ask('panel.send', { again }))}
        onCredential={(token) => after(ask('panel.send-credential', { token }).then((answer) => { isTokenWrong = answer.ok && !answer.value.kept; }))} />
    ),
  };
}
