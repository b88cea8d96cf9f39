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
import { RELAY, RELAY_NAME } from './world.ts';

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
    const [display] = await Promise.all([displayOn(network, node), doorTo(network, node, port, join(folder, 'door'))]);
    return openFirefox({ fakeDevices: true, folder, trusting: true, executable: programOn(network, node, FIREFOX), port, display });
}

/** A screen that nobody sees, but that can be shared. @returns its name, such as `:99` */
async function displayOn(network: Network, node: string): Promise<string> {
    const [ip, ...before] = network.on(node);
    // It finds a free number by itself, and writes it when it is ready.
    const screen = spawn(ip, [...before, 'Xvfb', '-displayfd', '1', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
        stdio: ['ignore', 'pipe', 'ignore'],
    });
    screen.unref();
    let number = '';
    // The end of the line comes by itself, and whoever does not wait for it ends the program.
    for await (const text of screen.stdout.setEncoding('utf8') as AsyncIterable<string>) {
        number += text;
        if (number.endsWith('\n')) break;
    }
    return `:${number.trim()}`;
}

/** An executable file that starts a program on a node, where the relay is known by its name. */
function programOn(network: Network, node: string, program: string): string {
    const folder = temporaryFolder('program');
    const [hosts, resolver, file] = [join(folder, 'hosts'), join(folder, 'resolv.conf'), join(folder, node)];
    writeFileSync(hosts, `127.0.0.1 localhost\n::1 localhost\n${RELAY} ${RELAY_NAME}\n`);
    // Nobody is there who knows more: what is asked besides is refused at once, and not waited for.
    writeFileSync(resolver, 'nameserver 127.0.0.1\n');
    // Mounts that are made there are seen there alone.
    const inside = `mount --bind ${hosts} /etc/hosts && mount --bind ${resolver} /etc/resolv.conf && exec ${program} "$@"`;
    writeFileSync(file, `#!/bin/sh\nexec ${network.on(node).join(' ')} sh -c '${inside}' ${node} "$@"\n`, { mode: 0o755 });
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
