// Runs inside a namespace: lets connections to a socket in the file system (first argument), which namespaces of the network do not
// part, through to a port (second argument) of the namespace's loopback address.
import { connect, createServer } from 'node:net';

const [path, port] = process.argv.slice(2);

createServer((outside) => {
    const inside = connect(Number(port), '127.0.0.1');
    outside.pipe(inside).pipe(outside);
    outside.on('error', () => inside.destroy());
    inside.on('error', () => outside.destroy());
}).listen(path, () => console.log('open'));
