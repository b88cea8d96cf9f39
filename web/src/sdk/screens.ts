import { asParleyError, type ParleyError } from './errors';
import type { Publication, Publications } from './publications';
import { captureScreen } from './screen';

export interface ScreensHooks {
    error(error: ParleyError): void;
    requireOpen(): void;
}

/** The screens that one shares: each is a picture, and maybe its sound, which end together. */
export class Screens {
    /** A share's sound by the id of its picture. */
    private readonly sounds = new Map<string, Publication>();

    constructor(
        private readonly publications: Publications,
        private readonly hooks: ScreensHooks,
    ) {}

    list(): readonly Publication[] {
        return this.publications.list().filter(({ source }) => source === 'screen');
    }

    async share(): Promise<Publication> {
        this.hooks.requireOpen();
        const { video, audio } = await captureScreen();
        let picture: Publication;
        try {
            this.hooks.requireOpen();
            picture = await this.publications.add('screen', video);
        } catch (error) {
            video.stop();
            audio?.stop();
            throw error;
        }
        // The browser's own "stop sharing" ends the picture; the sound may not go on without it.
        video.addEventListener('ended', () => void this.stop(picture.id).catch(() => {}));
        if (audio) {
            try {
                this.sounds.set(picture.id, await this.publications.add('screenAudio', audio));
                if (picture.removed) await this.stop(picture.id);
            } catch (cause) {
                this.hooks.error(asParleyError(cause, 'media/failed')); // The picture goes on without sound.
            }
        }
        return picture;
    }

    /** Ends the share of that id, or every share. */
    async stop(id?: string): Promise<void> {
        const ids = id === undefined ? this.list().map((screen) => screen.id) : [id];
        for (const each of ids) {
            const sound = this.sounds.get(each);
            this.sounds.delete(each);
            const picture = this.list().find((screen) => screen.id === each);
            await Promise.all([picture, sound].map((part) => part && this.publications.end(part)));
        }
    }
}
