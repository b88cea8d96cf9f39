import type { Meeting } from '../meeting';
import type { Source } from '../messages';
import { audioState, resumeAudio } from './context';
import { type PeakMeter, peakMeter } from './levels';
import { type ListeningRepair, type ListeningTrouble, ListeningWatch } from './listening';
import type { SoundOutlet } from './outlet';
import { type SpeakingTrouble, SpeakingWatch } from './speaking';

/** What the sound needs of a meeting. */
export type SoundedMeeting = Pick<Meeting, 'getSnapshot' | 'subscribe' | 'roomId' | 'stats' | 'receiveAgain'>;

export interface HearingTrouble {
    readonly participantId: string;
    readonly name: string;
    readonly source: Source;
    readonly trouble: ListeningTrouble;
}

interface Watched {
    readonly participantId: string;
    readonly name: string;
    readonly source: Source;
    readonly track: MediaStreamTrack;
    readonly outlet: SoundOutlet;
}

interface Hooks {
    /** By the producer's id. */
    readonly outlets: () => ReadonlyMap<string, Watched>;
    readonly reopenMicrophone: () => void;
    readonly changed: () => void;
}

/** Milliseconds between two looks. */
const PERIOD = 1_000;
/** dBov; louder than a fan, quieter than anybody who speaks. */
const LOUD = -50;

/** Looks once a second at everything that one hears and at one's own microphone, and does what their watches say. */
export class SoundWatch {
    private readonly ears = new Map<string, { readonly watch: ListeningWatch; trouble?: ListeningTrouble }>();
    private mouth = new SpeakingWatch();
    private mouthTrouble: SpeakingTrouble | undefined;
    private microphone: { track: MediaStreamTrack; meter: PeakMeter } | undefined;
    private wanted = false;
    private looking = false;
    private readonly timer = setInterval(() => void this.look(), PERIOD);

    constructor(
        private readonly meeting: SoundedMeeting,
        private readonly hooks: Hooks,
    ) {}

    hearing(): HearingTrouble[] {
        return [...this.hooks.outlets()].flatMap(([id, { participantId, name, source }]) => {
            const trouble = this.ears.get(id)?.trouble;
            return trouble === undefined ? [] : [{ participantId, name, source, trouble }];
        });
    }

    speaking(): SpeakingTrouble | undefined {
        return this.mouthTrouble;
    }

    setMicrophone(track: MediaStreamTrack | undefined, wanted: boolean): void {
        this.wanted = wanted;
        if (track === this.microphone?.track) return;
        this.microphone?.meter.stop();
        this.microphone = track && { track, meter: peakMeter(track) };
        // The watch goes on: it is to see whether a microphone that was opened again is better than before.
    }

    close(): void {
        clearInterval(this.timer);
        this.microphone?.meter.stop();
        this.microphone = undefined;
    }

    private async look(): Promise<void> {
        if (this.looking) return;
        this.looking = true;
        try {
            const { send, recv } = await this.meeting.stats();
            const at = performance.now();
            this.listen(at, recv);
            this.speak(at, send);
            this.hooks.changed();
        } catch {
            // The connection is being rebuilt; the next look sees the new one.
        } finally {
            this.looking = false;
        }
    }

    private listen(at: number, report: RTCStatsReport | undefined): void {
        const received = new Map<unknown, Record<string, unknown>>();
        report?.forEach((stat: Record<string, unknown>) => {
            if (stat['type'] === 'inbound-rtp' && stat['kind'] === 'audio') received.set(stat['trackIdentifier'], stat);
        });
        const { state, participants } = this.meeting.getSnapshot();
        // One that is being received again is still the same trouble.
        const known = new Set(participants.flatMap(({ tracks }) => tracks.map(({ id }) => id)));
        for (const id of this.ears.keys()) if (!known.has(id)) this.ears.delete(id);
        for (const [producerId, { participantId, source, track, outlet }] of this.hooks.outlets()) {
            const participant = participants.find(({ id }) => id === participantId);
            const stat = received.get(track.id);
            const sent = participant?.tracks.some(({ id, paused }) => id === producerId && !paused) ?? false;
            const ear = this.ears.get(producerId) ?? { watch: new ListeningWatch() };
            this.ears.set(producerId, ear);
            const { repair, trouble } = ear.watch.step({
                at,
                expected: sent,
                // The server's level is that of the whole person: it says nothing about the sound of a shared screen.
                loud: state === 'connected' && source === 'microphone' && (participant?.audioLevel ?? -127) > LOUD,
                packets: count(stat?.['packetsReceived']),
                energy: count(stat?.['totalAudioEnergy']),
                playing: outlet.playing,
                blocked: outlet.blocked,
                context: outlet.context,
            });
            if (repair !== undefined) this.repair(repair, producerId, outlet);
            if (trouble === undefined) delete ear.trouble;
            else ear.trouble = trouble;
        }
    }

    private repair(repair: ListeningRepair, producerId: string, outlet: SoundOutlet): void {
        switch (repair) {
            case 'play':
                return void outlet.play();
            case 'resume-context':
                return resumeAudio();
            case 'reattach':
                return outlet.reattach();
            case 'receive-again':
                return this.meeting.receiveAgain(producerId);
        }
    }

    private speak(at: number, report: RTCStatsReport | undefined): void {
        const { track, meter } = this.microphone ?? {};
        if (audioState() === 'suspended' && track !== undefined) resumeAudio();
        const { repair, trouble } = this.mouth.step({
            at,
            wanted: this.wanted,
            track: track === undefined ? 'none' : track.readyState,
            mutedBySystem: track?.muted ?? false,
            peak: meter?.peak(),
            packets: this.meeting.getSnapshot().state === 'connected' ? packetsSent(report, track) : undefined,
        });
        this.mouthTrouble = trouble;
        if (repair === 'reopen') this.hooks.reopenMicrophone();
    }
}

function packetsSent(report: RTCStatsReport | undefined, track: MediaStreamTrack | undefined): number | undefined {
    let source: unknown;
    report?.forEach((stat: Record<string, unknown>) => {
        if (stat['type'] === 'media-source' && stat['trackIdentifier'] === track?.id) source = stat['id'];
    });
    let packets: number | undefined;
    report?.forEach((stat: Record<string, unknown>) => {
        if (stat['type'] === 'outbound-rtp' && source !== undefined && stat['mediaSourceId'] === source) packets = count(stat['packetsSent']);
    });
    return packets;
}

function count(value: unknown): number | undefined {
    return typeof value === 'number' ? value : undefined;
}
