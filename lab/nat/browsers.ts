import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { FIREFOX, openFirefox } from '../src/firefox.ts';
import { temporaryFolder } from '../src/paths.ts';
import { CHROMIUM, type LikenessName, openBrowser } from '../src/people.ts';
import { freePort } from '../src/server.ts';
import type { Network } from './network.ts';
import type { Authority } from './pki.ts';

/** A Chromium on a node, which checks certificates. */
export async function chromiumOn(network: Network, node: string, authority: Authority, likeness: LikenessName): Promise<Browser> {
    const home = await authority.chromiumHome();
    return openBrowser({ likeness, small: true, trusting: { home }, executable: programOn(network, node, CHROMIUM) });
}

/** A Firefox on a node, which checks certificates. It is driven through a port, and so through a door into the namespace. */
export async function firefoxOn(network: Network, node: string, authority: Authority): Promise<Browser> {
    const folder = temporaryFolder('firefox');
    await authority.trust(folder);
    const port = await freePort();
    await doorTo(network, node, port, join(folder, 'door'));
    return openFirefox({ fakeDevices: true, folder, trusting: true, executable: programOn(network, node, FIREFOX), port });
}

/** An executable file that starts a program on a node. */
function programOn(network: Network, node: string, program: string): string {
    const file = join(temporaryFolder('program'), node);
    writeFileSync(file, `#!/bin/sh\nexec ${network.on(node).join(' ')} ${program} "$@"\n`, { mode: 0o755 });
    return file;
}

/** Makes a port of a node's loopback address one of this machine's too. */
async function doorTo(network: Network, node: string, port: number, path: string): Promise<void> {
    const [ip, ...before] = network.on(node);
    const inside = spawn(ip, [...before, process.execPath, join(import.meta.dirname, 'door.mjs'), path, String(port)], {
        stdio: ['ignore', 'pipe', 'inherit'],
    });
    inside.unref();
    await once(inside.stdout, 'data');
    inside.stdout.destroy();
    const outside = createServer((socket) => {
        const door = connect(path);
        socket.pipe(door).pipe(socket);
        socket.on('error', () => door.destroy());
        door.on('error', () => socket.destroy());
    });
    outside.unref().listen(port, '127.0.0.1');
    await once(outside, 'listening');
}
