import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { profiles, type Profile } from '../lib/model/profile.js';
import type { Words } from './words.js';

/** Asked once, under the work and never in its way: whose work is this? Until it is answered everything works as it stands. */
export function ProfileQuestion({ profile, words: { say }, onProfile }: { readonly profile: Profile; readonly words: Words; readonly onProfile: (profile: Profile) => void }): JSX.Element {
  const [wanted, choose] = useState<Profile>(profile);
  return (
    <section class="profile-ask" aria-label={say('options.profile')}>
      <label><span class="small">{say('profile.ask')}</span>
        <select class="find" value={wanted} onChange={(event) => { const next = profiles.find((one) => one === event.currentTarget.value); if (next) choose(next); }}>{profiles.map((one) => <option key={one} value={one} selected={one === wanted}>{say(`options.profile.${one}`)}</option>)}</select></label>
      <button type="button" class="btn" onClick={() => onProfile(wanted)}>{say('profile.use')}</button>
    </section>
  );
}
