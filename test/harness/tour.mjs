/** Opens every sample patient, prints what was read and found per document, and saves pictures. Gives true when something could not be read. */
import { join } from 'node:path';

/** Waits until the panel's words fit. Its own policy forbids evaluated functions, so the looking is done from here. */
async function until(panel, fits) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (fits(await panel.innerText('body'))) return;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error(`the panel shows instead: ${(await panel.innerText('body')).replace(/\s+/g, ' ').slice(0, 200)}`);
}

export async function tour({ browser, site, pictures }) {
  const page = await browser.context.newPage();
  await page.goto(site.url);
  await page.waitForSelector('html[data-ready]');
  const worker = browser.context.serviceWorkers()[0];
  const tab = await worker.evaluate(async () => (await globalThis.chrome.tabs.query({ url: 'http://127.0.0.1/*' }))[0]?.id);
  const panel = await browser.page(`sidepanel.html?tab=${tab}`);
  await panel.setViewportSize({ width: 360, height: 900 });
  const patients = await page.evaluate(() => window.portal.list());
  let bad = false;
  for (const { id } of patients) {
    await page.bringToFront();
    await page.evaluate((one) => window.portal.open(one), id);
    const digits = await page.evaluate(() => document.querySelector('[data-field="nhs-number"]').textContent.slice(-3));
    // Late parts and letters in frames have come.
    await page.waitForFunction(() => !document.querySelector('#documents .waiting') && [...document.querySelectorAll('#documents iframe')].every((frame) => frame.contentDocument?.querySelector('iframe')?.contentDocument?.querySelector('article')));
    try {
      await until(panel, (text) => text.includes(digits));
      const rows = await panel.locator('[role="option"], [role="treeitem"], .row').allInnerTexts();
      const documents = await page.locator('#side ul:last-of-type .open > span:first-child').allInnerTexts();
      console.info(`\n${id}  ${documents.length} documents: ${documents.join(', ')}`);
      for (const row of rows) console.info(`    ${row.replace(/\s*\n\s*/g, '  ')}`);
      console.info(`    ${(await panel.locator('.status').innerText()).split('\n')[0]}`);
    } catch (problem) { bad = true; console.error(`${id}: ${problem instanceof Error ? problem.message : "failed"}`); }
    await page.screenshot({ path: join(pictures, `${id}-record.png`) });
    await panel.bringToFront();
    await panel.screenshot({ path: join(pictures, `${id}-panel.png`) });
  }
  await panel.getByRole('button', { name: 'Cymraeg' }).or(panel.getByRole('radio', { name: 'Cymraeg' })).first().click();
  await until(panel, (text) => text.includes('Problemau'));
  await panel.screenshot({ path: join(pictures, 'panel-cy.png') });
  console.info(`\nPictures: ${pictures}`);
  return bad;
}
