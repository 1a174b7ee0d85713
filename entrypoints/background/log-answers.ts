import type { Handlers } from '../../lib/messaging/channel.js';
import type { LogHealth } from '../../lib/model/ports.js';
import { foldQueries } from '../../lib/reports/index.js';
import { isToken } from '../../lib/settings/index.js';
import { careOf } from './log-care.js';
import type { Sending } from './sending.js';
import type { World } from './world.js';

type Told = 'panel.queries' | 'panel.log' | 'panel.accept-loss' | 'panel.log-care' | 'panel.restore-log' | 'panel.import-log' | 'panel.sending' | 'panel.send' | 'panel.send-credential';

/** What our pages ask about the log itself: its health, its care and what leaves it. `beginAgain` folds everything anew after rows came back. */
export const logAnswers = (world: () => Promise<World>, sending: Sending | null, beginAgain: () => Promise<LogHealth>): Required<Pick<Handlers, Told>> => ({
  async 'panel.queries'() { return foldQueries((await world()).events, Date.now()); },
  async 'panel.log'() { return (await world()).store.check(); },
  async 'panel.accept-loss'() {
    const it = await world();
    await it.store.acceptLoss();
    return it.store.check();
  },
  async 'panel.log-care'() { return careOf((await world()).store); },
  async 'panel.restore-log'() {
    const done = await (await world()).store.restore();
    return { health: await beginAgain(), restored: done.ok ? done.value : null };
  },
  async 'panel.import-log'({ text }) {
    const done = await (await world()).store.imported(text);
    if (done.ok) return { health: await beginAgain(), restored: done.value };
    const { failure } = done;
    switch (failure.kind) {
      case 'not-a-log': case 'other-schema': case 'damaged': case 'another-log': return { failure };
      default: return { failure: null };
    }
  },
  async 'panel.sending'() { return sending ? sending.view((await world()).effective.settings) : null; },
  async 'panel.send'({ again }) { await world(); sending?.begin(again); return null; },
  async 'panel.send-credential'({ token }) {
    if (token !== null && !isToken(token)) return { kept: false };
    await world();
    await sending?.trust(token);
    return { kept: sending !== null };
  },
});
