import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './paths.ts';
import { until } from './wait.ts';

const RATE = 48_000;
/** Samples of one look: a third of a second. */
const WINDOW = 16_384;
const SINK = 'parley';

/**
 * A sound card that is not there: whatever a browser plays can be heard as a person would hear it. A PulseAudio of the test's own, with
 * its socket in a folder of its own, so that nothing of the machine is touched.
 */
export class Loudspeaker {
    private samples = new Float32Array(WINDOW);

    private constructor(
        /** What a program needs to know to play through it. */
        readonly env: Readonly<Record<string, string>>,
        private readonly processes: readonly ChildProcess[],
    ) {}

    static async open(): Promise<Loudspeaker> {
        const folder = temporaryFolder('sound');
        const socket = join(folder, 'socket');
        const config = join(folder, 'config');
        mkdirSync(config);
        const env = { PULSE_SERVER: `unix:${socket}`, PULSE_RUNTIME_PATH: folder, PULSE_STATE_PATH: folder, XDG_CONFIG_HOME: config };
        const all = { ...process.env, ...env, HOME: folder };
        // Without files of configuration, without the system's bus, and not looking for hardware.
        const server = start('pulseaudio', ['-n', '--daemonize=no', '--use-pid-file=no', '--exit-idle-time=-1', '--disable-shm=yes', '--realtime=no', '--high-priority=no',
            `--load=module-native-protocol-unix auth-anonymous=1 socket=${socket}`,
            `--load=module-null-sink sink_name=${SINK} rate=${RATE} channels=1`], all);
        const processes = [server];
        try {
            await until(() => {
                if (server.exitCode !== null) throw new Error(`pulseaudio ended with ${server.exitCode}`);
                return answers(all);
            }, { within: 20_000, every: 100, what: 'the sound server answers' });
            const recorder = start('parec', ['--device', `${SINK}.monitor`, '--format=float32le', `--rate=${RATE}`, '--channels=1', '--latency-msec=50', '--raw'], all);
            processes.push(recorder);
            const loudspeaker = new Loudspeaker(env, processes);
            loudspeaker.record(recorder);
            return loudspeaker;
        } catch (error) {
            processes.forEach((each) => each.kill('SIGKILL'));
            throw error;
        }
    }

    /** How loud one frequency is in the last third of a second, dBFS; −200 is nothing at all. */
    level(hertz: number): number {
        return Math.max(-200, 20 * Math.log10(amplitude(this.samples, hertz)));
    }

    async close(): Promise<void> {
        await Promise.all(this.processes.toReversed().map((each) => new Promise<void>((resolve) => {
            if (each.exitCode !== null || each.signalCode !== null) return resolve();
            each.once('exit', () => resolve());
            each.kill('SIGKILL');
        })));
    }

    private record(recorder: ChildProcess): void {
        let rest = Buffer.alloc(0);
        recorder.stdout!.on('data', (chunk: Buffer) => {
            const bytes = Buffer.concat([rest, chunk]);
            const whole = Math.floor(bytes.length / 4);
            rest = bytes.subarray(whole * 4);
            const fresh = Float32Array.from({ length: whole }, (_, i) => bytes.readFloatLE(i * 4)).slice(-WINDOW);
            const next = new Float32Array(WINDOW);
            next.set(this.samples.subarray(fresh.length));
            next.set(fresh, WINDOW - fresh.length);
            this.samples = next;
        });
    }
}

function start(command: string, args: string[], env: NodeJS.ProcessEnv): ChildProcess {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    child.on('error', (error) => console.error(`${command}: ${error.message}; ./test installs what the tests need`));
    const kill = (): void => void child.kill('SIGKILL');
    process.on('exit', kill);
    child.once('exit', () => process.off('exit', kill));
    return child;
}

function answers(env: NodeJS.ProcessEnv): boolean {
    try {
        return execFileSync('pactl', ['list', 'short', 'sinks'], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 5_000 }).includes(SINK);
    } catch {
        return false;
    }
}

/** Of one frequency, 0 to 1, through a Hann window (Goertzel's way). */
function amplitude(samples: Float32Array, hertz: number): number {
    const turn = (2 * Math.PI * hertz) / RATE;
    const factor = 2 * Math.cos(turn);
    let [one, two] = [0, 0];
    samples.forEach((sample, i) => {
        const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / samples.length);
        [one, two] = [sample * window + factor * one - two, one];
    });
    return Math.sqrt(Math.max(0, one * one + two * two - factor * one * two)) / (samples.length / 4);
}
