// Runs on a node, for tests of the routers themselves.
//   mapping.mjs echo PORT            answers each datagram with the address that it came from
//   mapping.mjs knock ADDRESS PORT   sends one datagram
//   mapping.mjs ask ADDRESS...       sends one to the echo at each address (HOST:PORT), from one port, and writes the answers; for
//                                    each line that it then reads it asks the first again, and writes who else has sent something
import { createSocket } from 'node:dgram';
import { createInterface } from 'node:readline';

const [role, ...parameters] = process.argv.slice(2);
const socket = createSocket('udp4');

function echo([port]) {
    socket.on('message', (_, { address, port }) => socket.send(JSON.stringify({ address, port }), port, address));
    socket.bind(Number(port), () => console.log('open'));
}

function knock([address, port]) {
    socket.send('knock', Number(port), address, () => socket.close());
}

async function ask(addresses) {
    const strangers = [];
    const waiting = new Map();
    socket.on('message', (datagram, { address, port }) => {
        const answered = waiting.get(`${address}:${port}`);
        if (answered) answered(JSON.parse(datagram.toString()));
        else strangers.push(address);
    });
    const one = (address) =>
        new Promise((resolve) => {
            waiting.set(address, resolve);
            const [host, port] = address.split(':');
            socket.send('ask', Number(port), host);
        });
    console.log(JSON.stringify(await Promise.all(addresses.map(one))));
    for await (const _ of createInterface(process.stdin)) {
        await one(addresses[0]);
        console.log(JSON.stringify(strangers));
    }
    socket.close();
}

await { echo, knock, ask }[role](parameters);
