import assert from 'node:assert/strict';
import { appendFileSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

// For the test of the runner: fails as many times as PARLEY_WAVERING says, which also names the file where that is counted.
const [file = '', failing] = process.env['PARLEY_WAVERING']?.split(' ') ?? [];

test('stands', () => {});

test('wavers', () => {
    appendFileSync(file, '.');
    const attempt = readFileSync(file, 'utf8').length;
    assert.ok(attempt > Number(failing), `attempt ${attempt}`);
});
