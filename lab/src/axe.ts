import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'puppeteer-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Found {
    readonly violations: readonly {
        readonly id: string;
        readonly help: string;
        readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
    }[];
}

/** What axe-core, with all of its rules, finds wrong with the page as it is; one line for each rule and element. */
export async function axeViolations(page: Page): Promise<string[]> {
    // Like typing it into the console: the page's own content security policy stays in force.
    await page.evaluate(`globalThis.axe ?? (() => { ${SOURCE} })()`);
    const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as Found;
    return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ html, failureSummary = '' }) => `${id}: ${help}\n  ${html.slice(0, 200)}\n  ${failureSummary.replaceAll('\n', ' ')}`),
    );
}
