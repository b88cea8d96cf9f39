import { spawn } from 'node:child_process';

/** Runs a program to its end. @returns what it wrote; fails with its own words when it failed */
export function run(program: string, parameters: readonly string[], input = ''): Promise<string> {
    return new Promise((resolve, reject) => {
        const child = spawn(program, parameters, { stdio: ['pipe', 'pipe', 'pipe'] });
        let [out, bad] = ['', ''];
        child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
        child.stderr.setEncoding('utf8').on('data', (text: string) => (bad += text));
        child.once('error', reject);
        child.once('close', (code) => {
            if (code === 0) resolve(out);
            else reject(new Error(`${program} ${parameters.join(' ')}: ${bad.trim() || out.trim() || `exit code ${code}`}\n${input}`));
        });
        child.stdin.on('error', () => {}); // it ended without reading; its exit code tells
        child.stdin.end(input);
    });
}
