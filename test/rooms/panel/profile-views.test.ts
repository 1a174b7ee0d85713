import { describe, expect, it } from 'vitest';
import { isOffered, panelCommands, type Situation } from '../../../components/panel/commands.js';
import { pageFor, profileViews } from '../../../components/profile-views.js';
import { profiles, type Profile } from '../../../lib/model/profile.js';

const all: Situation = { record: true, row: true, codes: true, earned: true, episode: true, finishable: true, auditable: true, loggable: true, logged: true, dismissable: true, askable: true, copyable: true, undoable: true, redoable: true, unreadable: true, muted: true, filtered: true, untaught: true, letters: true, page: true, singleKeys: true, without: [] };
const offered = (profile: Profile): readonly string[] => panelCommands.filter((command) => isOffered(command, { ...all, without: profileViews[profile].without })).map(({ id }) => id);

describe('A profile', () => {
  it('shows a clinical lead quality and nothing of what was learned of coders, whatever the address names', () => {
    for (const name of ['', 'model', 'train', 'queries', 'nothing']) expect(pageFor('clinical-lead', name)).toBe('quality');
    expect(pageFor('clinical-lead', 'packs')).toBe('packs');
    expect(pageFor('coder', 'model')).toBe('model');
  });
  it('gives no command to accept or copy codes to who does not code', () => {
    for (const profile of ['clinical-lead', 'manager'] as const) expect(offered(profile).filter((id) => /^(code|codes|unit|outlet|episode|audit)\./.test(id))).toEqual([]);
    expect(offered('clinical-lead').filter((id) => /log|query|fault|dismiss|mute$/i.test(id))).toEqual([]);
    expect(offered('trainee')).toContain('code.accept');
    expect(offered('trainee')).not.toContain('code.oneKey');
  });
  it('always leaves the palette, the options and the dashboard to change it by', () => {
    for (const profile of profiles) expect(offered(profile)).toEqual(expect.arrayContaining(['palette.open', 'options.open', 'dashboard.open']));
  });
});
