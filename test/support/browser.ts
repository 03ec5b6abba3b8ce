import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findOrInstall, findProgram } from './debian.ts';

const places = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  '/usr/bin/chromium',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

/**
 * Starts a real Chromium: `CHROMIUM_PATH`, else the one of the system, else the one that apt installs.
 *
 * @throws {Error} one line that names the command which installs it.
 */
export function launchBrowser(): Promise<Browser> {
  const given = process.env['CHROMIUM_PATH'];
  const find = () => findProgram(given ? [given] : places);
  const executablePath = findOrInstall(find, 'Chromium for the browser tests', ['chromium']);
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface AccessibilityViolation {
  readonly rule: string;
  readonly impact: string;
  readonly help: string;
  /** Selectors of the elements, and what is wrong with each. */
  readonly elements: readonly string[];
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const axeOptions = JSON.stringify({
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  resultTypes: ['violations'],
});

/** Holds a page against WCAG 2.2 AA, as far as a machine can; gives what is serious or critical. */
export async function audit(page: Page): Promise<readonly AccessibilityViolation[]> {
  // Evaluated, not added as a script element: a content security policy would refuse that, rightly.
  const { violations } = await page.evaluate<Pick<AxeResults, 'violations'>>(
    `(() => { ${axe}; })(); window.axe.run(document, ${axeOptions}).then(({ violations }) => ({ violations }))`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, help, nodes }) => ({
      rule: id,
      impact: impact ?? '',
      help,
      elements: nodes.map(
        ({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary ?? ''}`,
      ),
    }));
}
