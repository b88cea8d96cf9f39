import type { Page } from 'puppeteer-core';
import { until } from './wait.ts';

/** What the page that tries the connection said in the end. */
export interface CheckResult {
    readonly verdict: string;
    /** `udp passed`, `camera failed device/denied` … */
    readonly lines: readonly string[];
    readonly text: string;
}

/** Opens the page and waits until everything has been tried. */
export async function checked(page: Page, url: string): Promise<CheckResult> {
    await page.goto(url);
    return checkResult(page);
}

/** Waits until everything has been tried on a page that is open. */
export async function checkResult(page: Page): Promise<CheckResult> {
    await page.waitForSelector('[data-testid=check-page]');
    await until(
        () =>
            page.$eval(
                '[data-testid=check-page]',
                (main) =>
                    (main as HTMLElement).dataset['verdict'] !== 'running' &&
                    document.querySelector('[data-testid=check-line][data-status=running]') === null,
            ),
        { within: 60_000, what: 'everything was tried' },
    );
    return page.evaluate(() => ({
        verdict: document.querySelector<HTMLElement>('[data-testid=check-page]')!.dataset['verdict']!,
        lines: [...document.querySelectorAll<HTMLElement>('[data-testid=check-line]')].map(({ dataset }) =>
            [dataset['id'], dataset['status'], dataset['reason']].filter((part) => part !== undefined).join(' '),
        ),
        text: document.querySelector<HTMLElement>('[data-testid=check-page]')!.innerText,
    }));
}

/** The lines of what did not work. */
export function faultsOf({ lines }: CheckResult): string[] {
    return lines.filter((line) => !line.endsWith(' passed'));
}
